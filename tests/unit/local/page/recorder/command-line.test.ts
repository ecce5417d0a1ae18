import { execFileSync } from 'node:child_process';
import { commandFor } from '../../../../../local/page/recorder/command-line';
import type { Header } from '../../../../../local/page/state';

const body = (text: string | undefined, bytes = text?.length ?? 3) => ({ text, bytes, dropped: 0 });
const url = { door: 'Function URL', functionName: 'Orders', address: 'http://127.0.0.1:3000' } as const;
const api = { ...url, door: 'Lambda API', address: 'http://127.0.0.1:3001' } as const;
const headers: Header[] = [
  ['host', '127.0.0.1:3000'],
  ['user-agent', 'curl'],
  ['content-type', 'application/json'],
];

/** The words that a shell makes of a command. */
const wordsOf = (command: string): string[] =>
  execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

test('a request to a Function URL is a curl line, whatever its body and its path are', () => {
  const text = `it's {"a": "$HOME \`id\`"}\n`;
  const request = { method: 'PUT', target: '/a%20b?c=$d&e', headers, body: body(text) };
  expect(wordsOf(commandFor(request, url))).toEqual([
    ...['curl', '-X', 'PUT', '-H', 'content-type: application/json'],
    ...['--data-raw', text, 'http://127.0.0.1:3000/a%20b?c=$d&e'],
  ]);
});

test('a request by the Lambda API is a line of the AWS CLI', () => {
  const event: Header[] = [...headers, ['x-amz-invocation-type', 'Event']];
  const request = { method: 'POST', target: '/', headers: event, body: body('{}') };
  expect(commandFor(request, api)).toBe(
    'aws lambda invoke --endpoint-url http://127.0.0.1:3001 --function-name Orders --invocation-type Event ' +
      "--cli-binary-format raw-in-base64-out --payload '{}' response.json",
  );
});

test('it names the alias, and hands on the client context', () => {
  const context: Header[] = [['x-amz-client-context', 'e30=']];
  const request = { method: 'POST', headers: context, body: body(undefined, 0) };
  for (const target of [
    '/2015-03-31/functions/Orders%3Alive/invocations',
    '/f/functions/Orders/invocations?Qualifier=live',
  ]) {
    expect(commandFor({ ...request, target }, api)).toMatch(/ --qualifier live --client-context e30= /);
  }
});

test.each([body(undefined), body('x', 10_000)])('what has no room in a line comes from a file', (content) => {
  const request = { method: 'POST', target: '/', headers, body: content };
  expect(wordsOf(commandFor(request, url)).slice(3)).toEqual(['--data-binary', '@body', 'http://127.0.0.1:3000/']);
  expect(commandFor(request, api)).toContain(' --payload fileb://body ');
});

test('a payload that looks like a file to the AWS CLI comes from one', () => {
  const request = { method: 'POST', target: '/', headers, body: body('file:///etc/hostname') };
  expect(commandFor(request, api)).toContain(' --payload fileb://body ');
});
