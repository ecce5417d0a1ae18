import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuTime, cpuTimeWhenStopped } from '../../../../bench/runtime/cpu-time';

const onLinux = process.platform === 'linux' ? test : test.skip;
let child: ChildProcess | undefined;

afterEach(async () => {
  if (child === undefined) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
  child = undefined;
});

onLinux('it is what the process itself says, give or take a tenth', async () => {
  // Works for a while, tells what it has used, and waits.
  const script = `const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);
    const { user, system } = process.cpuUsage(); console.log(user + system); setInterval(() => {}, 10_000);`;
  const process_ = start(script);
  const said: unknown[] = await once(process_.stdout, 'data');
  const own = Number(String(said[0]));
  const microseconds = cpuTimeWhenStopped(process_.pid);
  expect(microseconds).toBeGreaterThan(own * 0.9);
  // It may have gone on for a moment.
  expect(microseconds).toBeLessThan(own * 1.1 + 50_000);
});

onLinux('a process that is stopped uses nothing more', async () => {
  const process_ = start(`console.log('started'); for (;;);`);
  await once(process_.stdout, 'data');
  const stopped = cpuTimeWhenStopped(process_.pid);
  expect(cpuTime(process_.pid)).toBe(stopped);
});

test('it is no number for a process that is not there', () => {
  expect(cpuTime(undefined)).toBeNaN();
  expect(cpuTime(2 ** 30)).toBeNaN();
});

function start(script: string) {
  const started = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  return started;
}
