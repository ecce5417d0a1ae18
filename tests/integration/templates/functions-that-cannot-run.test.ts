import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { invoke } from '../../../local/cli/invoke';
import { startLocalLambda as startTestLambda } from '../../../testing';
import { folderWith } from '../../helpers/folder-with';
import { startTemplate } from '../../helpers/template-lambda';

const properties = 'Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE }';
const template = `Resources:
  Unreadable:
    Type: AWS::Serverless::Function
    Properties: { Handler: !GetAtt Table.Name, ${properties} }
  Unbuilt:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, ${properties} }
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [broken.ts] } }
  NoCode:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, Runtime: nodejs24.x, CodeUri: nowhere }
  Hello:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, ${properties} }
  Table: { Type: AWS::DynamoDB::Table }`;
const files = { 'app.js': "exports.handler = async () => 'Hello';", 'broken.ts': 'export const handler = (' };

test('do not take the others down: each is named with its reason, and its URL points to the log', async () => {
  const lambda = await startTemplate(template, files);
  expect(await (await fetch(lambda.urlOf('Hello'))).text()).toBe('Hello');
  expect(lambda.functionUrls).toHaveLength(1);

  const [unreadable, unbuilt, noCode, ...others] = lambda.warnings;
  expect(unreadable).toMatch(
    /^Unreadable cannot run \(http:.* answers 502\)\. template\.yaml:4: Unreadable\.Handler: /,
  );
  expect(unbuilt).toMatch(
    /^Unbuilt cannot run \(http:.* answers 502\)\. Unbuilt: esbuild could not bundle it\. [^]*broken\.ts/,
  );
  expect(noCode).toMatch(/^NoCode cannot run\. NoCode: expected CodeUri to name a folder, but there is no nowhere\.$/);
  expect(others).toEqual([]);

  for (const warning of [unreadable, unbuilt]) {
    const response = await fetch(/http:\S+/.exec(warning ?? '')?.[0] ?? '');
    expect(response.status).toBe(502);
    expect(await response.text()).toBe('{"message":"This function cannot run. The log of the local Lambda says why."}');
  }
});

test('for a mistake in Handler are told of in the words of the template, once', async () => {
  const of = (id: string, handler: string, more = '') => `
  ${id}:
    Type: AWS::Serverless::Function
    Properties: { Handler: ${handler}, Runtime: nodejs24.x }${more}`;
  const esbuild = '\n    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.js] } }';
  const faulty = {
    NoFile: of('NoFile', 'src/other.handler'),
    NoSuchBuild: of('NoSuchBuild', 'src/other.handler', esbuild),
    NoExport: of('NoExport', 'app.hanlder'),
    NoRun: of('NoRun', 'app.runtime'),
    NoImport: of('NoImport', 'imports.handler'),
    Throws: of('Throws', 'app.throws'),
  };
  const lambda = await startTemplate(`Resources:${Object.values(faulty).join('')}`, {
    'app.js': 'exports.runtime = { run() {} }; exports.throws = async () => { throw new Error(); };',
    'imports.js': "require('not-installed'); exports.handler = async () => 'Hello';",
  });
  const ids = Object.keys(faulty);
  for (const id of [...ids, ...ids]) expect((await lambda.invoke(id)).status).toBe(200);
  const isNoFunction =
    'which is no function that the module exports: is it spelled so there, and does it end in .run()?';
  expect(lambda.warnings).toEqual([
    expect.stringMatching(
      /^NoFile cannot start: its Handler in the template is src\/other\.handler, but there is no src\/other\.js,/,
    ),
    expect.stringMatching(
      /^NoSuchBuild cannot start: its Handler in the template is src\/other\.handler, but there is no other\.js,/,
    ),
    `NoExport cannot start: its Handler in the template is app.hanlder, ${isNoFunction}`,
    `NoRun cannot start: its Handler in the template is app.runtime, ${isNoFunction}`,
  ]);
});

test('are there for a client of the Lambda API, and refused', async () => {
  const lambda = await startTemplate(template, files);
  const response = await lambda.invoke('Unbuilt');
  expect(response.status).toBe(409);
  expect(response.headers.get('x-amzn-errortype')).toBe('ResourceConflictException');
  expect(await response.text()).toContain('The function Unbuilt is currently in the following state: Failed.');
  expect((await lambda.invoke('Hello')).status).toBe(200);
  expect((await lambda.invoke('Nobody')).status).toBe(404);
});

test('are of no concern where --function names another', async () => {
  const lambda = await startTemplate(template, files, { function: 'Hello' });
  expect(await (await fetch(lambda.urlOf('Hello'))).text()).toBe('Hello');
});

test.each([
  ['Unreadable', 'Unreadable.Handler: expected a string that is known locally'],
  ['Unbuilt', 'esbuild could not bundle it'],
])('are an error where --function names them: %s', async (id, message) => {
  await expect(startTemplate(template, files, { function: id })).rejects.toThrow(message);
});

test('are an error, with each reason, where there is no other', async () => {
  const starting = startTemplate(`Resources:
  One: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x } }
  Two: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: a.b, CodeUri: nowhere } }`);
  await expect(starting).rejects.toThrow(/One\.Handler: expected a value, received none\.\nTwo: expected CodeUri/);
});

test('by their URL alone: a Function URL that cannot be read is a 502, and its function can be invoked', async () => {
  const lambda = await startTemplate(
    `Resources:
  Hello: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: app.handler } }
  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Hello, AuthType: SOME } }`,
    files,
  );
  expect(lambda.warnings).toEqual([
    expect.stringMatching(
      /^Own cannot run \(http:.* answers 502\)\. template\.yaml:3: Own\.AuthType: expected AWS_IAM or NONE/,
    ),
  ]);
  expect((await lambda.invoke('Hello')).status).toBe(200);
});

describe('invoke', () => {
  async function invoked(functionId: string): Promise<string> {
    const folder = await folderWith({ 'template.yaml': template, ...files });
    const out = new PassThrough();
    const log = new PassThrough().resume();
    const event = Buffer.from('{}');
    await invoke({ template: path.join(folder, 'template.yaml'), functionId, event }, { out, log });
    return await text(out.end());
  }

  test('has only the one matter that it names', async () => {
    expect(await invoked('Hello')).toBe('"Hello"\n');
    await expect(invoked('Unreadable')).rejects.toThrow('Unreadable.Handler: expected a string that is known locally');
    await expect(invoked('Unbuilt')).rejects.toThrow('esbuild could not bundle it');
  });
});

test('are an error of the test kit, where it is asked for them', async () => {
  const folder = await folderWith({ 'template.yaml': template, ...files });
  const start = async (id: string) =>
    await startTestLambda({ template: path.join(folder, 'template.yaml'), function: id });
  const hello = await start('Hello');
  expect((await hello.invoke({})).payload).toBe('Hello');
  await hello.close();
  await expect(start('Unbuilt')).rejects.toThrow('esbuild could not bundle it');
});
