import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import type { InvocationResponse } from '../../../local/environment/pool';
import { startCli, startProcess, type RunningCli } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { processEnded, processRuns, processStopped } from '../../helpers/processes';
import { closeAll, event, handlersFolder, runningPool, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

// Without /proc nobody tells what has left its process group.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

const Pids = v.record(v.string(), v.number());
const pidsIn = (answer: string): Record<string, number> => v.parse(Pids, JSON.parse(answer));

const allEnded = (pids: Record<string, number>): Promise<unknown> => Promise.all(Object.values(pids).map(processEnded));
const allStopped = (pids: Record<string, number>): Promise<unknown> =>
  Promise.all(Object.values(pids).map(processStopped));
const allRunning = (pids: Record<string, number>): Promise<unknown> =>
  Promise.all(Object.values(pids).map(processRuns));

function endIfAlive(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its environment after all.
  }
}

interface Started {
  readonly pids: Record<string, number>;
  readonly response: InvocationResponse;
}

async function started({ pool }: RunningPool, after?: 'hang' | 'exit' | 'exit late'): Promise<Started> {
  const folder = await folderWith({});
  const response = await pool.invoke(event({ folder, after }));
  return { pids: pidsIn(await text(response.body)), response };
}

onLinux('what has left the process group of its environment', () => {
  test('stands still with it, and goes on with it', async () => {
    const running = runningPool('environment.detaches');
    const { pids, response } = await started(running);
    await response.ended;
    await allStopped(pids);

    const again = await started(running, 'hang');
    expect(again.pids['function']).toBe(pids['function']);
    await allRunning(pids);
  });

  test('ends with it at its timeout', async () => {
    const running = runningPool('environment.detaches', { timeout: 5 });
    const { pids } = await started(running, 'hang');
    expect((await running.logged('REPORT')).text).toContain('Status: timeout');
    await allEnded(pids);
  });

  test('ends with it when new code replaces it', async () => {
    const running = runningPool('environment.detaches');
    const { pids, response } = await started(running);
    await response.ended;
    await allStopped(pids);
    running.pool.replaceEnvironments();
    await allEnded(pids);
  });

  test('ends with it when it is closed in the middle of an invocation', async () => {
    const running = runningPool('environment.detaches');
    const { pids } = await started(running, 'hang');
    await running.pool.close();
    await allEnded(pids);
  });

  test('ends when the function ends itself at once, unless it has given up its variables', async () => {
    const running = runningPool('environment.detaches');
    const { pids, response } = await started(running, 'exit');
    await response.ended;
    const { withoutVariables, ...others } = pids;
    await allEnded(others);
    endIfAlive(withoutVariables);
  });

  test('ends when the function ends itself, if it has been there for longer than a moment', async () => {
    const running = runningPool('environment.detaches');
    const { pids } = await started(running, 'exit late');
    await allEnded(pids);
  });

  test('ends when the function ends itself, if it has stood still before', async () => {
    const running = runningPool('environment.detaches');
    const { pids, response } = await started(running);
    await response.ended;
    const again = await started(running, 'exit');
    expect(again.pids['function']).toBe(pids['function']);
    await allEnded(pids);
    endIfAlive(again.pids['withoutVariables']);
  });

  test.each(['running', 'frozen'])('ends when the local Lambda is killed, %s', async (state) => {
    const program = join(__dirname, '../../fixtures/invoke-and-wait.ts');
    const invocation = { folder: await folderWith({}), after: state === 'running' ? 'hang' : undefined };
    const args = ['--import', 'tsx', program, 'environment.detaches', JSON.stringify(invocation)];
    const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const answer = await new Promise<string>((resolve) => createInterface(parent.stdout).once('line', resolve));
      const pids = pidsIn(answer);
      if (state === 'frozen') await allStopped(pids);
      parent.kill('SIGKILL');
      await allEnded(pids);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  test.each<[string, (args: string[]) => RunningCli, NodeJS.Signals]>([
    ['Ctrl-C', (args) => startCli('start', ...args), 'SIGINT'],
    ['a SIGTERM to npm', (args) => startProcess('npm', ['start', '--', ...args]), 'SIGTERM'],
  ])('ends at %s', async (_name, start, signal) => {
    const folder = await folderWith({ 'template.yaml': template });
    const cli = start(['-t', join(folder, 'template.yaml'), '-p', '0', '--api-port', '0', '--page-port', '0']);
    const api = await cli.outMatches(/^Lambda API {4}(http:\/\/127\.0\.0\.1:\d+)$/m);
    const body = JSON.stringify({ folder, after: 'hang' });
    const answer = await fetch(`${api}/2015-03-31/functions/Detaching/invocations`, { method: 'POST', body });
    const pids = pidsIn(await answer.text());
    cli.signal(signal);
    await allEnded(pids);
  });
});

const template = `
Resources:
  Detaching:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ${handlersFolder}
      Handler: environment.detaches
      Runtime: nodejs24.x
      Timeout: 60
`;
