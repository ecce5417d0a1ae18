import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcess } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { recordsIn, reportsIn } from '../../helpers/function-records';
import { descendantsOf, processEnded } from '../../helpers/processes';
import { readmeSection } from '../../helpers/readme';

const projectFolder = join(__dirname, '../../..');
const handler = 'functions/background-tasks/handler.ts';

test('the three steps of "Write your own" in the README lead to a handler that runs', async () => {
  const steps = [...readmeSection('Write your own').matchAll(/^\d+\. (.*(?:\n {3}.*)*)/gm)].map(
    ([, step = '']) => step,
  );
  expect(steps).toEqual([
    expect.stringContaining(handler),
    expect.stringMatching(/`Timeout`.*environment variables.*template\.yaml/s),
    expect.stringMatching(/`npm start`.* call it/),
  ]);
  const project = await copyOfTheProject();

  // 1. A handler of one's own: another Input, another answer, a task with a name. Nothing else of the function changes.
  const own = await readFile(join(projectFolder, 'tests/fixtures/your-own-handler/handler.ts'), 'utf8');
  await writeFile(join(project, handler), own.replace("'../../../runtime'", "'../../runtime'"));

  // 2. The timeout and a variable that it needs.
  const template = await readFile(join(project, 'template.yaml'), 'utf8');
  const withTimeout = replaced(template, '      Timeout: 15\n', '      Timeout: 30\n');
  const variables = '        Variables:\n';
  await writeFile(
    join(project, 'template.yaml'),
    replaced(withTimeout, variables, `${variables}          SHOP: corner shop\n`),
  );

  // 3. npm start, on free ports, and a call.
  const npm = startProcess('npm', [
    '--prefix',
    project,
    'start',
    '--',
    '--port',
    '0',
    '--api-port',
    '0',
    '--page-port',
    '0',
  ]);
  const url = await npm.outMatches(/^Function URL +(\S+)/m);
  const post = (body: unknown) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const response = await post({ order: 'A-1', amount: 42 });
  expect({ status: response.status, answer: await response.json() }).toEqual({
    status: 201,
    answer: { confirmation: 'corner shop A-1' },
  });
  expect(npm.log).not.toContain('Receipt sent'); // The caller did not wait for it.

  await npm.logMatches(/^REPORT RequestId: /m);
  const lines = npm.log.split('\n');
  expect(reportsIn(lines)).toMatchObject([
    { handler: 'completed', failures: 0, tasks: [{ name: 'receipt', outcome: 'completed' }] },
  ]);
  const secondsLeft = recordsIn(lines).find(({ message }) => message === 'Receipt sent')?.['secondsLeft'];
  expect(secondsLeft).toBeGreaterThan(15);
  expect(secondsLeft).toBeLessThanOrEqual(30);

  expect((await post({ message: 'of the handler that is gone' })).status).toBe(400);

  const processes = await descendantsOf(npm.pid);
  npm.signal('SIGTERM');
  await Promise.all(processes.map(processEnded));
});

/** What a function needs of the project, as it is now, with the packages that are installed. */
async function copyOfTheProject(): Promise<string> {
  const folder = await folderWith({});
  for (const part of ['events', 'functions', 'local', 'runtime', 'package.json', 'template.yaml', 'tsconfig.json']) {
    await cp(join(projectFolder, part), join(folder, part), { recursive: true });
  }
  await symlink(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

function replaced(text: string, part: string, by: string): string {
  const places = text.split(part);
  if (places.length !== 2) throw new Error(`Expected one "${part}", found ${places.length - 1}`);
  return places.join(by);
}
