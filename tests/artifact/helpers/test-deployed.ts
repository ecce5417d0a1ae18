import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { array, looseObject, number, object, parse, string } from 'valibot';
import { descendantsOf } from '../../helpers/processes';
import { folderWith } from '../../helpers/folder-with';
import { projectFolder } from './built-artifact';
import { nobodysAccount } from './nobodys-account';

const Test = looseObject({ status: string(), ancestorTitles: array(string()), title: string() });
/** What `jest --json` writes. */
const Report = object({
  numPassedTests: number(),
  numPendingTests: number(),
  testResults: array(looseObject({ assertionResults: array(Test) })),
});

const running = new Set<number>();

afterAll(async () => {
  // npm passes no signal on that it cannot catch.
  for (const pid of running) {
    for (const descendant of [...(await descendantsOf(pid)), pid]) process.kill(descendant, 'SIGKILL');
  }
});

export interface TestRun {
  readonly exitCode: number | null;
  readonly output: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failed: readonly string[];
}

/** Runs `npm run test:deployed` with these variables, and with nothing of what the environment says about AWS. */
export async function testDeployed(variables: Readonly<Record<string, string>>): Promise<TestRun> {
  const folder = await folderWith({});
  const reportFile = join(folder, 'report.json');
  const command = ['run', 'test:deployed', '--', '--json', '--outputFile', reportFile];
  const child = spawn('npm', command, {
    cwd: projectFolder,
    env: { ...nobodysAccount(folder), AWS_EC2_METADATA_DISABLED: 'true', ...variables },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const closed = once(child, 'close');
  if (child.pid !== undefined) running.add(child.pid);
  const output = await text(child.stderr);
  await closed;
  if (child.pid !== undefined) running.delete(child.pid);
  return { exitCode: child.exitCode, output, ...readReport(reportFile) };
}

function readReport(file: string): Pick<TestRun, 'passed' | 'skipped' | 'failed'> {
  if (!existsSync(file)) return { passed: 0, skipped: 0, failed: [] };
  const { numPassedTests, numPendingTests, testResults } = parse(Report, JSON.parse(readFileSync(file, 'utf8')));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests
    .filter(({ status }) => status === 'failed')
    .map(({ ancestorTitles, title }) => [...ancestorTitles.slice(1), title].join(' '));
  return { passed: numPassedTests, skipped: numPendingTests, failed };
}
