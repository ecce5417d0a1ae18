import { freePort } from '../../../../bench/local/free-port';
import { RunningTool } from '../../../../bench/local/running-tool';
import type { LocalTool } from '../../../../bench/local/tool';

const server = (answer: string) => `
  const server = require('node:http').createServer((request, response) => {
    let text = '';
    request.on('data', (part) => (text += part)).on('end', () => response.end(${answer}));
  });
  server.listen(Number(process.argv[1]), '127.0.0.1');`;
const echo = `JSON.stringify({ echoedMessage: JSON.parse(text).message })`;
let running: RunningTool | undefined;

afterEach(() => running?.close());

test('the first answer counts from the command, later ones from the request', async () => {
  running = new RunningTool(tool(server(echo), await freePort()));
  const first = await running.firstAnswer(30_000);
  expect(await running.answer('Hello again', 30_000)).toBeLessThan(first);
});

test('an answer that is not the right one ends the measurement', async () => {
  running = new RunningTool(tool(server(`'nonsense'`), await freePort()));
  await expect(running.firstAnswer(30_000)).rejects.toThrow('Expected a tool to answer');
});

test('a tool that ends before it answers is an error with its last lines', async () => {
  running = new RunningTool(tool(`console.log('no template'); process.exit(1);`, await freePort()));
  await expect(running.firstAnswer(30_000)).rejects.toThrow('no template');
});

function tool(script: string, port: number): LocalTool {
  return {
    name: 'a tool',
    lacks: '',
    command: [process.execPath, '-e', script, String(port)],
    variables: {},
    request: (message) => ({ url: `http://127.0.0.1:${port}/`, body: JSON.stringify({ message }) }),
  };
}
