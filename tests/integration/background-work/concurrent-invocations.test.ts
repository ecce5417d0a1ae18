import { join } from 'node:path';
import { build } from 'esbuild';
import { folderWith } from '../../helpers/folder-with';
import { outcomes, recordsIn, reportsIn } from '../../helpers/function-records';
import type { Step } from '../../fixtures/failures/step';
import { type ConcurrentEnvironment, startConcurrentEnvironment } from './concurrent-environment';

let environment: ConcurrentEnvironment;

beforeAll(async () => {
  const folder = await folderWith({});
  await build({
    entryPoints: [join(__dirname, '../../fixtures/failures/programs.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
  });
  environment = await startConcurrentEnvironment(
    {
      logicalId: 'Concurrent',
      name: 'Concurrent',
      handler: 'programs.handler',
      runtime: 'nodejs24.x',
      architecture: 'x86_64',
      timeout: 60,
      memorySize: 512,
      environment: { LOG_LEVEL: 'DEBUG' },
      codeUri: folder,
      aliases: [],
      eventConfigs: [],
      warnings: [],
    },
    { concurrency: 20, workers: 2 },
  );
});

afterAll(() => environment.close());

test('200 invocations, 20 at a time in one process, keep their answers, records, tasks and reports apart', async () => {
  const invocations = 200;
  const requestIds = new Map<string, number>();
  const queue = Array.from({ length: invocations }, (_, index) => index);
  const caller = async () => {
    for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
      const { requestId, body } = await environment.invoke({ steps: program(index) });
      expect(body).toBe('{"ok":true}');
      requestIds.set(requestId, index);
    }
  };
  await Promise.all(Array.from({ length: 20 }, caller));
  // What they write after their answers.
  await environment.until(
    () =>
      reportsIn(environment.lines).length === invocations &&
      recordsIn(environment.lines).filter(({ level }) => level === 'ERROR').length === 2 * invocations,
  );

  const reports = reportsIn(environment.lines);
  expect(new Set(reports.map(({ requestId }) => requestId))).toEqual(new Set(requestIds.keys()));
  for (const report of reports) {
    const index = requestIds.get(report.requestId) ?? -1;
    expect(outcomes(report)).toEqual([
      [`${index} completes`, 'completed'],
      [`${index} fails`, 'failed'],
      [`${index} child`, 'completed'],
    ]);
    // The task, and the promise that nobody tracked.
    expect(report.failures).toBe(2);
  }
  for (const [requestId, index] of requestIds) {
    const own = recordsIn(environment.lines).filter((record) => record.function_request_id === requestId);
    const names = own.flatMap(({ task }) => (typeof task === 'string' ? [task] : []));
    expect(names).toEqual([`${index} fails`]);
    expect(own.map(({ message }) => message)).toContain('Error that nobody caught');
  }
});

function program(index: number): Step[] {
  return [
    { op: 'reject untracked', ms: index % 7 },
    {
      op: 'register',
      name: `${index} completes`,
      lazily: true,
      steps: [
        { op: 'sleep', ms: 10 + (index % 5) },
        { op: 'register', name: `${index} child`, lazily: true, steps: [{ op: 'sleep', ms: index % 3 }] },
      ],
    },
    { op: 'register', name: `${index} fails`, lazily: true, steps: [{ op: 'sleep', ms: index % 4 }, { op: 'throw' }] },
    { op: 'sleep', ms: index % 6 },
    { op: 'write' },
    { op: 'sleep', ms: 10 },
  ];
}
