import { execFile } from 'node:child_process';
import { cp, readdir, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { backgroundSeconds } from '../helpers/background-seconds';
import { folderWith } from '../helpers/folder-with';
import { projectFolder } from './helpers/built-artifact';
import { nobodysAccount } from './helpers/nobodys-account';
import { testWith } from './helpers/test-with';
import { samCli } from './helpers/tools';

const run = promisify(execFile);
const notInGit = ['node_modules', '.git', '.aws-sam', '.local-lambda'];

testWith(samCli, '`sam init --location` makes a project of this one that is whole, valid, and runs', async (sam) => {
  // SAM keeps what it clones in the home folder.
  const home = await folderWith({});
  const env = { ...nobodysAccount(home), AWS_DEFAULT_REGION: 'eu-central-1', SAM_CLI_TELEMETRY: '0' };
  const { repository, files } = await repositoryOfTheProject(home);
  const output = await folderWith({});

  // A URL with "git" in it, as that of GitHub, needs no `git+`. A folder is no location.
  const location = ['--location', `git+file://${repository}`, '--name', 'my-app', '--output-dir', output];
  await run(sam, ['init', ...location, '--no-interactive'], { cwd: home, env });
  const project = join(output, 'my-app');

  expect(await filesBelow(project)).toEqual(files);

  // In the place of `npm ci`, which takes minutes on a slow network.
  await symlink(join(projectFolder, 'node_modules'), join(project, 'node_modules'), 'junction');
  const validated = await run(sam, ['validate'], { cwd: project, env });
  expect(validated.stdout).toContain('is a valid SAM Template');

  const invoke = ['run', 'invoke', '--', '-e', 'events/hello.json', '--env-vars', await backgroundSeconds(0.2)];
  const invoked = await run('npm', ['--prefix', project, ...invoke]);
  expect(invoked.stdout).toMatch(/\n\{"echoedMessage":"Hello Background Tasks"\}\n$/);
  expect(invoked.stderr).toMatch(/\nREPORT RequestId: /);
});

/** This project as it is now, in a repository of its own: the tests may run on a copy that has none. */
async function repositoryOfTheProject(home: string): Promise<{ repository: string; files: string[] }> {
  const repository = await folderWith({});
  await cp(projectFolder, repository, {
    recursive: true,
    filter: (path) => !notInGit.includes(relative(projectFolder, path).split(/[\\/]/).at(-1) ?? ''),
  });
  const git = async (...args: string[]) =>
    (
      await run('git', ['-c', 'user.name=nobody', '-c', 'user.email=nobody@example.com', ...args], {
        cwd: repository,
        env: { PATH: process.env['PATH'], HOME: home },
        maxBuffer: 10_000_000,
      })
    ).stdout;
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--no-gpg-sign', '-m', 'The project');
  const files = (await git('ls-files', '-z')).split('\0').filter((file) => file !== '');
  return { repository, files: files.sort() };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
