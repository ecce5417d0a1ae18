import { SQSServiceException } from '@aws-sdk/client-sqs';
import { callAws } from '../../../../local/redrive/aws-call';

/** What the SDK throws when AWS answers with an error of this name. */
const answer = (name: string, httpStatusCode: number) =>
  new SQSServiceException({ name, $fault: 'client', message: 'the reason', $metadata: { httpStatusCode } });
const call = { permission: 'sqs:ReceiveMessage', on: 'queue Tasks' };

test.each([
  [answer('AccessDeniedException', 403), 'It needs the permission sqs:ReceiveMessage on the queue Tasks: the reason'],
  [answer('RequestThrottled', 403), 'sqs:ReceiveMessage on the queue Tasks failed with RequestThrottled'],
])('%s is of this request: the next one may do better', async (cause, message) => {
  const asked = callAws(call, () => Promise.reject(cause));
  await expect(asked).rejects.toMatchObject({ isOfThisRequest: true, cause });
  await expect(asked).rejects.toThrow(message);
});

test.each([
  Object.assign(new Error('getaddrinfo ENOTFOUND lambda.eu-mars-1.amazonaws.com'), { code: 'ENOTFOUND' }),
  answer('UnrecognizedClientException', 403),
])('of an event it is its region that %s tells of: the next one may be of another', async (cause) => {
  const asked = callAws({ permission: 'lambda:InvokeFunction', on: 'function Mars' }, () => Promise.reject(cause));
  await expect(asked).rejects.toMatchObject({ isOfThisRequest: true, cause });
});

test.each([
  [
    answer('ExpiredTokenException', 403),
    'AWS does not take the credentials, sign in again (ExpiredTokenException: the reason)',
  ],
  [answer('UnrecognizedClientException', 403), 'AWS does not take the credentials, sign in again'],
  [answer('QueueDoesNotExist', 400), 'There is no queue Tasks here: `aws sqs list-queues` has those'],
  [answer('AWS.SimpleQueueService.NonExistentQueue', 400), 'There is no queue Tasks here'],
  [new Error('socket hang up'), 'AWS cannot be reached for sqs:ReceiveMessage: socket hang up'],
])('%s is not: the next one will fail too', async (cause, message) => {
  const asked = callAws(call, () => Promise.reject(cause));
  await expect(asked).rejects.toMatchObject({ name: 'UserError', isOfThisRequest: false, cause });
  await expect(asked).rejects.toThrow(message);
});
