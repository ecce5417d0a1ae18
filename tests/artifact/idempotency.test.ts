import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { array, literal, looseObject, object, parse as validate, string, tuple } from 'valibot';
import { parse } from 'yaml';
import { property } from '../../runtime/request/read-property';
import { folderWith } from '../helpers/folder-with';
import { type Shop, startShop } from '../helpers/queued-tasks';
import { fences } from '../helpers/readme';
import { projectFolder } from './helpers/built-artifact';
import { startFront } from './helpers/front';
import { startMotoServer } from './helpers/moto-server';
import { nobodysAccount } from './helpers/nobodys-account';
import { describeWith } from './helpers/test-with';
import { motoServer } from './helpers/tools';

const guide = readFileSync(join(projectFolder, 'docs/queued-tasks.md'), 'utf8');
const [, section = ''] = /^## Make it run once\n(.*?)^## /ms.exec(guide) ?? [];
const fence = (language: string) => fences(section).find((each) => each.language === language)?.content ?? '';

// moto's CloudFormation makes the table, but passes over its TimeToLiveSpecification.
const { TasksDone: table, RememberTasksDone: policy } = validate(
  object({
    RememberTasksDone: object({
      Properties: object({
        PolicyDocument: object({ Statement: tuple([object({ Action: array(string()) })]) }),
      }),
    }),
    TasksDone: looseObject({
      Properties: looseObject({
        TimeToLiveSpecification: object({ AttributeName: string(), Enabled: literal(true) }),
      }),
    }),
  }),
  property(parse(fence('yaml'), { logLevel: 'error' }), 'Resources'),
);

/** As a user of the package has them. */
const files = {
  'once.ts': fence('ts'),
  'app.ts': `
import { appendFileSync, readFileSync } from 'node:fs';
import { defineTask, LambdaHandlerAdapter, LambdaRuntime } from 'background-tasks';
import { object, picklist } from 'valibot';
import { once } from './once';

const Receipt = object({ work: picklist(['completes', 'fails once', 'is killed once']) });
const SendReceipt = defineTask('send receipt', Receipt, once(async ({ work }, { id, logger }) => {
  const file = process.env.ATTEMPTS_FOLDER + '/' + id;
  appendFileSync(file, '.');
  const attempt = readFileSync(file).length;
  if (work === 'is killed once' && attempt === 1) process.kill(process.pid, 'SIGKILL');
  logger.info('attempt', { id });
  if (work === 'fails once' && attempt === 1) throw new Error('asked to fail');
  await Promise.resolve();
  logger.info('done', { id });
}));
export const handler = new LambdaRuntime(new LambdaHandlerAdapter(async () => null), { tasks: [SendReceipt] }).run();
`,
  // The runtime's sources are checked with it, so by their own rules; esbuild reads the paths.
  'tsconfig.json': JSON.stringify({
    extends: join(projectFolder, 'tsconfig.json'),
    compilerOptions: {
      noPropertyAccessFromIndexSignature: false,
      types: ['node', 'aws-lambda'],
      paths: { 'background-tasks': [join(projectFolder, 'runtime')] },
    },
    include: ['*.ts'],
  }),
  'template.yaml': `
Transform: AWS::Serverless-2016-10-31
Resources:
  Once:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts] } }
    Properties:
      Handler: app.handler
      Runtime: nodejs24.x
      MemorySize: 1024
      Timeout: 2
      Environment: { Variables: { ATTEMPTS_FOLDER: '', TASKS_DONE: '' } }
`,
};

const variables = ['AWS_ENDPOINT_URL_DYNAMODB', 'AWS_REGION'];
const before = new Map(variables.map((name) => [name, process.env[name]]));

afterAll(() => {
  for (const [name, value] of before) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
});

describeWith(motoServer, 'by the lines of docs/queued-tasks.md', (moto) => {
  let shop: Shop;
  let folder: string;
  let dynamoDb: DynamoDB;
  let tableName: string;
  const actions = new Set<string>();

  beforeAll(async () => {
    folder = await folderWith(files);
    await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const endpoint = await startMotoServer(moto);
    const account = nobodysAccount(folder);
    const credentials = { accessKeyId: account.AWS_ACCESS_KEY_ID, secretAccessKey: account.AWS_SECRET_ACCESS_KEY };
    const client = { endpoint, region: account.AWS_REGION, credentials };
    const front = await startFront(endpoint, (pass, { headers }) => {
      actions.add(String(headers['x-amz-target']).replace(/^DynamoDB_\d+\./, 'dynamodb:'));
      return pass();
    });
    Object.assign(process.env, { AWS_ENDPOINT_URL_DYNAMODB: front, AWS_REGION: account.AWS_REGION });

    const TemplateBody = JSON.stringify({ Resources: { TasksDone: table } });
    await new CloudFormation(client).createStack({ StackName: 'tasks', TemplateBody });
    dynamoDb = new DynamoDB(client);
    tableName = (await dynamoDb.listTables()).TableNames?.[0] ?? '';
    shop = await startShop({
      template: join(folder, 'template.yaml'),
      // Longer than the Timeout: whoever was killed has no time left then.
      retryDelay: 2.5,
      variables: { TASKS_DONE: tableName },
    });
  }, 120_000);

  test('a task that runs twice with the same id does its work once, and is forgotten after fifteen days', async () => {
    const id = randomUUID();
    expect(await deliver(id, 'completes')).toEqual({ error: null, text: 'null' });
    expect(await deliver(id, 'completes')).toEqual({ error: null, text: 'null' });
    expect(shop.attempts(id, 'done')).toHaveLength(1);

    const { Items = [] } = await dynamoDb.scan({ TableName: tableName });
    const times = Items.map((item) => Number(item[table.Properties.TimeToLiveSpecification.AttributeName]?.N));
    expect(times.map((time) => Math.round((time - Date.now() / 1_000) / (24 * 60 * 60)))).toEqual([15]);
  });

  test('one that has failed runs again, and then no more', async () => {
    const id = randomUUID();
    expect((await deliver(id, 'fails once')).error).toBe('Unhandled');
    expect(await deliver(id, 'fails once')).toEqual({ error: null, text: 'null' });
    expect(await deliver(id, 'fails once')).toEqual({ error: null, text: 'null' });
    expect(shop.attempts(id)).toHaveLength(2);
    expect(shop.attempts(id, 'done')).toHaveLength(1);
  });

  test('one whose process was killed runs again when its time is over', async () => {
    const id = randomUUID();
    await deliver(id, 'is killed once', 'Event');
    await shop.until(() => shop.attempts(id, 'done').length === 1);
  });

  test('the policy allows what they do, and to read, which Powertools may have to', () => {
    const [{ Action }] = policy.Properties.PolicyDocument.Statement;
    expect([...Action].sort()).toEqual([...actions, 'dynamodb:GetItem'].sort());
  });

  test('TypeScript finds no fault with them', async () => {
    const tsc = join(projectFolder, 'node_modules/.bin/tsc');
    const { stdout } = await promisify(execFile)(tsc, ['--project', folder]).catch((failed: unknown) => ({
      stdout: property(failed, 'stdout'),
    }));
    expect(stdout).toBe('');
  });

  async function deliver(id: string, work: string, type = 'RequestResponse') {
    const response = await fetch(`${shop.lambda.apiUrl}/2015-03-31/functions/Once/invocations`, {
      method: 'POST',
      headers: { 'x-amz-invocation-type': type },
      body: JSON.stringify({ 'background-tasks:queued-task': { name: 'send receipt', id, input: { work } } }),
    });
    return { error: response.headers.get('x-amz-function-error'), text: await response.text() };
  }
});
