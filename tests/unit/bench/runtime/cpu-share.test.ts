import { execFileSync } from 'node:child_process';
import { cpuShareOf, limitCpu } from '../../../../bench/runtime/cpu-share';

// Undefined where this machine has no control groups, or not for us.
const limit = limitCpu(0.1);
const whereItCanBeLimited = limit === undefined ? test.skip : test;

test('128 MB have about a fourteenth of a processor', () => {
  expect(1 / cpuShareOf(128)).toBeCloseTo(13.8, 1);
});

whereItCanBeLimited('a process of the group works at its share, and the group leaves nothing behind', () => {
  const script = 'const end = process.cpuUsage().user + 100_000; while (process.cpuUsage().user < end);';
  const [command = '', ...args] = limit?.command ?? [];
  const startedAt = performance.now();
  execFileSync(command, [...args, process.execPath, '-e', script]);
  // A tenth of a second of work, and what Node.js itself takes to start.
  expect(performance.now() - startedAt).toBeGreaterThan(800);
  limit?.close();
  expect(() => limit?.close()).toThrow('ENOENT');
});
