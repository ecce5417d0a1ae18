import { startCli, type RunningCli } from '../../helpers/cli';

const start = (...args: string[]): RunningCli =>
  startCli(
    'start',
    '-t',
    'tests/fixtures/plain-function/template.yaml',
    '-p',
    '0',
    '--api-port',
    '0',
    '--page-port',
    '0',
    ...args,
  );

async function queueFailure(cli: RunningCli): Promise<void> {
  const api = await cli.outMatches(/^Lambda API {4}(http:\/\/127\.0\.0\.1:\d+)$/m);
  const url = `${api}/2015-03-31/functions/Greeter/invocations`;
  const headers = { 'x-amz-invocation-type': 'Event' };
  expect((await fetch(url, { method: 'POST', headers, body: '{"fail":true}' })).status).toBe(202);
}

test('start --retry-delay shortens the minutes before an event is tried again', async () => {
  const cli = start('--retry-delay', '0.1');
  await queueFailure(cli);
  await cli.logMatches(
    /\nREPORT .*\nEvent \w{8} of Greeter: attempt 1 failed, tried again in 0\.1 s, 2 attempts left\.\n/,
  );
  await cli.logMatches(/\nREPORT .*\nEvent \w{8} of Greeter: given up after 3 attempts; no OnFailure destination/);
  expect(await cli.stop('SIGINT')).toBe(0);
  expect(cli.log).not.toContain('Lost');
});

test('start says at Ctrl-C how many events still waited', async () => {
  const cli = start();
  await queueFailure(cli);
  await cli.logMatches(/REPORT RequestId: /);
  expect(await cli.stop('SIGINT')).toBe(0);
  expect(cli.log).toContain('\nLost with the queue: 1 event that still waited in it.\n');
});
