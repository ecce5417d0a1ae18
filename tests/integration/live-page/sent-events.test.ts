import path from 'node:path';
import { firstEvent } from '../../helpers/first-event';
import { folderWith } from '../../helpers/folder-with';
import { startObservedLambda } from '../../helpers/local-lambda';

const template = `
Resources:
  Echo:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: app.handler, Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE } }
`;

/** Says what has arrived, and sends whoever asks for /moved elsewhere. */
const source = `
exports.handler = async ({ rawPath, rawQueryString, cookies, body, requestContext: { http: { method } } }) => {
  console.log('arrived ' + JSON.stringify([method, rawPath, rawQueryString, cookies, body]));
  return rawPath === '/moved' ? { statusCode: 302, headers: { location: '/elsewhere' } } : 'here';
};`;

async function startEcho() {
  const folder = await folderWith({ 'template.yaml': template, 'app.js': source });
  const lambda = await startObservedLambda({ template: path.join(folder, 'template.yaml'), pagePort: 0 });
  const pageUrl = lambda.pageUrl ?? '';
  let sent = 0;
  return {
    /** What the page shows of all requests, such as have not begun among them. */
    titles: async () => (await firstEvent(`${pageUrl}state`)).match(/"title":"[^"]*"/g),
    arrived: () => lambda.log.flatMap(({ text }) => (/arrived (.*)/.exec(text) ?? []).slice(1)),
    /** Sends an event by the form, and waits until an invocation more has ended. */
    send: async (event: object) => {
      const whole = { version: '2.0', rawQueryString: '', headers: {}, ...event };
      const { status } = await fetch(`${pageUrl}events`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ functionName: 'Echo', by: 'url', payload: JSON.stringify(whole) }),
      });
      expect(status).toBe(202);
      sent += 1;
      let ended = 0;
      await lambda.waitForLog((line) => line.text.startsWith('REPORT') && (ended += 1) === sent);
    },
  };
}

const requestContext = { http: { method: 'GET' } };

test('an event that the page sends arrives as it was: its path, its query, its cookies, its body', async () => {
  const { send, arrived } = await startEcho();
  await send({ requestContext, rawPath: '/a/../b/./%7e', rawQueryString: 'q=%20+', cookies: ['a=1', 'b=2'] });
  await send({ requestContext: { http: { method: 'DELETE' } }, rawPath: '/', body: 'aGVsbG8=', isBase64Encoded: true });
  expect(arrived()).toEqual([
    '["GET","/a/../b/./%7e","q=%20+",["a=1","b=2"],null]',
    '["DELETE","/","",null,"aGVsbG8="]',
  ]);
});

test('a function that answers with a redirect is not invoked again', async () => {
  const { send, titles } = await startEcho();
  await send({ requestContext, rawPath: '/moved' });
  await send({ requestContext, rawPath: '/last' });
  expect(await titles()).toEqual(['"title":"GET /moved"', '"title":"GET /last"']);
});
