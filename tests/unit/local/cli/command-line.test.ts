import { join } from 'node:path';
import { commandLine } from '../../../../local/cli/command-line';
import { folderWith } from '../../../helpers/folder-with';

interface Call {
  readonly command: string;
  readonly functionId?: string | undefined;
  readonly queue?: string;
  readonly options: object;
}

async function parse(...args: string[]): Promise<Call> {
  const calls: Call[] = [];
  const program = commandLine({
    start: (options) => Promise.resolve(void calls.push({ command: 'start', options })),
    invoke: (functionId, options) => Promise.resolve(void calls.push({ command: 'invoke', functionId, options })),
    redrive: (queue, options) => Promise.resolve(void calls.push({ command: 'redrive', queue, options })),
  });
  program.commands.forEach((command) => command.configureOutput({ writeErr: () => undefined }));
  await program.parseAsync(args, { from: 'user' });
  const [call] = calls;
  if (!call) throw new Error('Expected a command to run');
  return call;
}

test('start has its defaults', async () => {
  expect(await parse('start')).toEqual({
    command: 'start',
    options: {
      template: 'template.yaml',
      host: '127.0.0.1',
      port: 3000,
      apiPort: 3001,
      page: true,
      pagePort: 3002,
      auth: false,
      retryDelay: 60,
      watch: true,
    },
  });
});

test('start takes every option, in its short form where it has one', async () => {
  const { options } = await parse(
    ...['start', '-t', 'other.yaml', '-p', '0', '--api-port', '8001', '--host', '::1', '--function', 'Hello'],
    ...['-n', 'env.json', '--parameter-overrides', 'A=1', 'ParameterKey=B,ParameterValue=2', 'C=3 D=4'],
    ...['-d', '9229', '--auth', '--retry-delay', '0.3', '--no-watch', '--log', 'raw'],
    ...['--page-port', '8002', '--no-page'],
  );
  expect(options).toEqual({
    template: 'other.yaml',
    port: 0,
    apiPort: 8001,
    page: false,
    pagePort: 8002,
    host: '::1',
    function: 'Hello',
    envVars: 'env.json',
    parameterOverrides: { A: '1', B: '2', C: '3', D: '4' },
    debugPort: 9229,
    auth: true,
    retryDelay: 0.3,
    watch: false,
    log: 'raw',
  });
});

test('invoke takes the id of a function and an event', async () => {
  const folder = await folderWith({ 'event.json': '{"message":"Hello"}' });
  expect(await parse('invoke', 'Hello', '-e', join(folder, 'event.json'), '--debug-port', '9229')).toEqual({
    command: 'invoke',
    functionId: 'Hello',
    options: { template: 'template.yaml', event: Buffer.from('{"message":"Hello"}'), debugPort: 9229 },
  });
});

test('without an event, invoke sends an empty object', async () => {
  expect((await parse('invoke')).options).toEqual({ template: 'template.yaml', event: Buffer.from('{}') });
});

test('an event that is no JSON is refused', async () => {
  const folder = await folderWith({ 'event.json': 'message: Hello' });
  await expect(parse('invoke', '-e', join(folder, 'event.json'))).rejects.toThrow(
    /event\.json: expected JSON, received/,
  );
  await expect(parse('invoke', '-e', join(folder, 'none.json'))).rejects.toThrow(
    /none\.json: expected a file with JSON/,
  );
});

test('redrive takes a queue, and changes nothing unless it is told to', async () => {
  expect(await parse('redrive', 'FailedTasks')).toEqual({
    command: 'redrive',
    queue: 'FailedTasks',
    options: { execute: false },
  });
  expect((await parse('redrive', 'FailedTasks', '--execute')).options).toEqual({ execute: true });
});

test.each([
  ['a port that is not a number', ['start', '-p', 'http'], /Expected a port number from 0 to 65535/],
  ['a port that is too high', ['start', '--api-port', '65536'], /Expected a port number from 0 to 65535/],
  ['a delay that is no number', ['start', '--retry-delay', '1m'], /Expected seconds from 0 to 21600/],
  ['a malformed override', ['start', '--parameter-overrides', 'A'], /Expected Key=Value or ParameterKey=/],
  ['an option of the other command', ['invoke', '--port', '1'], /unknown option '--port'/],
  ['no queue', ['redrive'], /missing required argument 'queue'/],
  ['two functions', ['invoke', 'A', 'B'], /too many arguments/],
])('%s is refused', async (_, args, message) => {
  await expect(parse(...args)).rejects.toThrow(message);
});
