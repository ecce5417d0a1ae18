import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { json, text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import * as v from 'valibot';
import { TooManyRequestsError, type PhaseChange } from '../../../local/environment/pool';
import { folderWith } from '../../helpers/folder-with';
import { processEnded, processStopped } from '../../helpers/processes';
import { closeAll, event, runningPool, type RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const onPosix = process.platform === 'win32' ? test.skip : test;
const onLinux = process.platform === 'linux' ? test : test.skip;

const Settled = v.object({ pid: v.number(), child: v.number(), folder: v.string(), files: v.array(v.string()) });

/** Runs an invocation that leaves a process behind which would grow a file for ever. */
async function settled({ pool }: RunningPool): Promise<v.InferOutput<typeof Settled>> {
  const response = await pool.invoke(event({}));
  const told = parseSettled(await text(response.body));
  await response.ended;
  return told;
}

const parseSettled = (answer: string) => v.parse(Settled, JSON.parse(answer));

describe('between invocations', () => {
  onPosix('an environment stands still, with all that it has started, and then goes on', async () => {
    const running = runningPool('environment.settles');
    const { pid, child, folder } = await settled(running);
    await Promise.all([processStopped(pid), processStopped(child)]);
    const ticks = () => statSync(join(folder, 'ticks')).size;
    const before = ticks();
    await setTimeout(200);
    expect(ticks()).toBe(before);

    const again = await settled(running);
    expect(again.pid).toBe(pid);
    expect(ticks()).toBeGreaterThan(before);
  });

  onPosix('a frozen environment ends with the local Lambda, and so does one whose local Lambda is killed', async () => {
    const running = runningPool('environment.settles');
    const first = await settled(running);
    await processStopped(first.pid);
    await running.pool.close();
    await Promise.all([processEnded(first.pid), processEnded(first.child)]);
    expect(existsSync(first.folder)).toBe(false);

    const program = join(__dirname, '../../fixtures/invoke-and-wait.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', program, 'environment.settles'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const answer = await new Promise<string>((resolve) => createInterface(parent.stdout).once('line', resolve));
      const { pid, child, folder } = parseSettled(answer);
      await processStopped(pid);
      parent.kill('SIGKILL');
      await Promise.all([processEnded(pid), processEnded(child)]);
      while (existsSync(folder)) await setTimeout(10);
    } finally {
      parent.kill('SIGKILL');
    }
  });

  test('an environment that nobody uses is retired, and nothing is left of it', async () => {
    const running = runningPool('environment.settles', {}, { idleSeconds: 0.01 });
    const first = await settled(running);
    await Promise.all([processEnded(first.pid), processEnded(first.child)]);
    while (existsSync(first.folder)) await setTimeout(10);
    const second = await settled(running);
    expect(second.pid).not.toBe(first.pid);
    expect(running.lines.some((line) => line.text.includes('Status'))).toBe(false);
  });

  test('each environment keeps a temporary folder of its own', async () => {
    const [one, other] = [runningPool('environment.settles'), runningPool('environment.settles')];
    const [first, elsewhere] = await Promise.all([settled(one), settled(other)]);
    expect(first.files).toEqual([]);
    expect(elsewhere.folder).not.toBe(first.folder);
    expect((await settled(one)).files).toEqual(['ticks']);
  });
});

describe('the life of an environment', () => {
  test('is told phase by phase, each with the invocation that it runs', async () => {
    const changes: PhaseChange[] = [];
    const running = runningPool('environment.settles', {}, { onPhase: (change) => changes.push(change) });
    await settled(running);
    await settled(running);
    await running.pool.close();
    const phases = changes.map(({ phase }) => phase);
    const invocation = ['busy', 'answered', 'frozen'];
    expect(phases).toEqual(['starting', 'init', ...invocation, ...invocation, 'retired', 'ended']);
    expect(new Set(changes.map(({ environmentId }) => environmentId)).size).toBe(1);
    const [first, second] = running.lines.filter(({ text: line }) => line.startsWith('START'));
    expect(changes.map(({ requestId }) => requestId)).toEqual([
      ...[undefined, undefined],
      ...[first?.requestId, first?.requestId, undefined],
      ...[second?.requestId, second?.requestId, undefined],
      ...[undefined, undefined],
    ]);
  });

  onPosix('ends when somebody kills its frozen process, and the next caller gets a new one', async () => {
    let onEnded = (): void => undefined;
    const ended = new Promise<void>((resolve) => (onEnded = resolve));
    const running = runningPool(
      'environment.settles',
      {},
      {
        onPhase: ({ phase }) => {
          if (phase === 'ended') onEnded();
        },
      },
    );
    const first = await settled(running);
    process.kill(first.pid, 'SIGKILL');
    await ended;
    expect(existsSync(first.folder)).toBe(false);
    const second = await settled(running);
    expect(second.pid).not.toBe(first.pid);
    expect(running.lines.some((line) => line.text.includes('Status'))).toBe(false);
  });
});

describe('init', () => {
  test('that takes too long is run once more in the invocation, as on Lambda', async () => {
    const MARKER = join(await folderWith({}), 'marker');
    const { pool, lines } = runningPool('slow-init.handler', { environment: { MARKER } }, { initSeconds: 2 });
    const response = await pool.invoke(event({}));
    expect(await text(response.body)).toBe('initialized');
    await response.ended;
    expect(lines.map((line) => line.text.replace(/: [-\w]{36}.*/, ''))).toEqual([
      expect.stringMatching(/^INIT_START/),
      'INIT_REPORT Init Duration: 2000.00 ms\tPhase: init\tStatus: timeout\t',
      'START RequestId',
      'END RequestId',
      'REPORT RequestId',
    ]);
    expect(lines.at(-1)?.text).not.toContain('Init Duration');
  });

  test('that takes longer than the invocation may is a timeout to the caller', async () => {
    const { pool, logged } = runningPool('hang.handler', { timeout: 1 }, { initSeconds: 0.1 });
    const { error } = await pool.invoke(event({}));
    expect(error?.errorType).toBe('Sandbox.Timedout');
    expect((await logged('Phase: invoke')).text).toContain('Status: timeout');
  });
});

test('what is closed before its init is done answers its caller, and begins nothing more', async () => {
  const { pool, lines, logged } = runningPool('hang.handler');
  const invoked = pool.invoke(event({}));
  await logged('INIT_START');
  await pool.close();
  const { error, ended } = await invoked;
  await ended;
  expect(error?.errorType).toBe('Runtime.ExitError');
  expect(lines.map((line) => line.text)).toEqual([expect.stringMatching(/^INIT_START/)]);
});

describe('an invocation ends', () => {
  test('by its timeout in the middle of the body, which breaks off', async () => {
    const { pool, logged } = runningPool('environment.hangsHalfWay', { timeout: 1 });
    const response = await pool.invoke(event({}));
    await expect(text(response.body)).rejects.toMatchObject({ payload: { errorType: 'Sandbox.Timedout' } });
    await response.ended;
    expect((await logged('REPORT')).text).toContain('Status: timeout');
  });

  test('when its heap outgrows the memory, by V8 or by the memory limit, whichever is first', async () => {
    const { pool, logged } = runningPool('environment.heap');
    const { error } = await pool.invoke(event({}));
    expect(error?.errorMessage).toMatch(/Error: Runtime exited with error: signal: (aborted|killed)$/);
    expect((await logged('REPORT')).text).toMatch(/Error Type: Runtime\.(ExitError|OutOfMemory)\t$/);
  });

  onLinux('when anything else outgrows the memory, as Runtime.OutOfMemory', async () => {
    const { pool, logged } = runningPool('environment.buffers');
    const { requestId, error } = await pool.invoke(event({}));
    expect(error).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`,
    });
    expect((await logged('REPORT')).text).toMatch(
      /Memory Size: 128 MB\tMax Memory Used: 128 MB\t.*Status: error\tError Type: Runtime\.OutOfMemory\t$/,
    );
  });
});

describe('the Runtime API', () => {
  test('answers its own runtime client only, and knows in which state it is', async () => {
    const { pool } = runningPool('environment.forges');
    const { body, ended } = await pool.invoke(event({}));
    const told = await json(body);
    await ended;
    expect(told).toMatchObject({
      next: '403 InvalidStateTransition',
      initError: '403 InvalidStateTransition',
      otherRequest: '400 InvalidRequestID',
      otherOrigin: '403 Forbidden',
      unknown: '404 NotFound',
    });
    const { api } = v.parse(v.object({ api: v.string() }), told);
    const statusOf = (path: string, host: string) =>
      new Promise((resolve, reject) => {
        get(`http://${api}/2018-06-01/runtime/${path}`, { headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
    expect(await statusOf('invocation/next', 'evil.test')).toBe(403);
    expect(await statusOf('invocation/next', api)).toBe(403);
  });
});

describe('the log in JSON', () => {
  test('has records of the platform, and the lines of the function as its runtime client writes them', async () => {
    const logging = { format: 'JSON', applicationLogLevel: 'WARN', logGroup: 'shared' } as const;
    const { pool, lines } = runningPool('environment.logs', { logging });
    const response = await pool.invoke(event({}));
    expect(await json(response.body)).toEqual({ level: 'WARN', format: 'JSON' });
    await response.ended;
    expect(lines.map(({ text: line }) => line)).toEqual([
      expect.stringContaining('"type":"platform.initStart"'),
      expect.stringContaining('"type":"platform.start"'),
      expect.stringMatching(/"level":"WARN".*"message":"two\\nlines"/),
      '  {"raw": "bytes"} ',
      expect.stringMatching(/"type":"platform\.report".*"status":"success".*"initDurationMs":/),
    ]);
    expect(lines.slice(1).every(({ requestId }) => requestId === response.requestId)).toBe(true);
  });
});

test('past ten requests a second for each unit of reserved concurrency, more are refused', async () => {
  const { pool } = runningPool('streaming.background', { reservedConcurrency: 1 });
  const requests = Array.from({ length: 11 }, () => pool.invoke(event({})));
  const outcomes = await Promise.allSettled(requests);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(10);
  await expect(requests[10]).rejects.toThrow(TooManyRequestsError);
  await expect(requests[10]).rejects.toThrow('10 requests a second');
});
