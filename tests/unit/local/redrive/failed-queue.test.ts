import { FailedQueue } from '../../../../local/redrive/failed-queue';
import { folderWith } from '../../../helpers/folder-with';

const before = { ...process.env };
const names = Object.keys(before).filter((name) => name.startsWith('AWS_'));

beforeEach(async () => {
  for (const name of names) Reflect.deleteProperty(process.env, name);
  // No settings of whoever runs this.
  const folder = await folderWith({ config: '', credentials: '' });
  Object.assign(process.env, {
    AWS_CONFIG_FILE: `${folder}/config`,
    AWS_SHARED_CREDENTIALS_FILE: `${folder}/credentials`,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:1',
  });
});

afterEach(() => {
  for (const name of Object.keys(process.env)) if (!(name in before)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, before);
});

const credentials = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' };

test.each([
  '',
  'a queue',
  'arn:aws:lambda:eu-central-1:123456789012:function:Hello',
  'http://127.0.0.1:1/',
  'Tasks.fifo',
])('"%s" is no queue', async (named) => {
  await expect(FailedQueue.open(named)).rejects.toThrow(
    `Expected the name, the URL or the ARN of an SQS queue, received ${named}`,
  );
});

test('without a region the error says how to name one', async () => {
  Object.assign(process.env, credentials);
  await expect(FailedQueue.open('Tasks')).rejects.toMatchObject({
    name: 'UserError',
    message: 'There is no region: set AWS_REGION, or one in your profile',
    isOfThisRequest: false,
  });
});

test.each(['arn:aws:sqs:eu-central-1:123456789012:Tasks', 'https://sqs.eu-central-1.amazonaws.com/123456789012/Tasks'])(
  'the region of %s is known; without credentials the error says how to sign in',
  async (named) => {
    const receive = async () => (await FailedQueue.open(named)).receive(1);
    await expect(receive()).rejects.toThrow(
      /^There are no credentials: sign in \(aws sso login, aws configure\) or set AWS_PROFILE/,
    );
  },
);

test('of an API that is not there the error says why', async () => {
  Object.assign(process.env, credentials, { AWS_DEFAULT_REGION: 'eu-central-1', AWS_MAX_ATTEMPTS: '1' });
  await expect(FailedQueue.open('Tasks')).rejects.toThrow(
    /^AWS cannot be reached for sqs:GetQueueUrl: .*connect ECONNREFUSED 127.0.0.1:1$/,
  );
});
