import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { array, literal, looseObject, object, optional, parse, picklist, record, string } from 'valibot';
import { parse as parseYaml } from 'yaml';

const projectFolder = join(__dirname, '../..');
const workflowFolder = join(projectFolder, '.github/workflows');

const Step = looseObject({ uses: optional(string()), run: optional(string()) });
const Job = looseObject({
  if: optional(string()),
  needs: optional(string()),
  environment: optional(string()),
  permissions: optional(record(string(), string())),
  steps: array(Step),
});
const Workflow = looseObject({ permissions: record(string(), string()), jobs: record(string(), Job) });

const workflows = readdirSync(workflowFolder).map((name) => {
  const text = readFileSync(join(workflowFolder, name), 'utf8');
  return { name, text, workflow: parse(Workflow, parseYaml(text)) };
});
const actions = workflows.flatMap(({ text }) => [...text.matchAll(/^ +(?:- )?uses: (.*)$/gm)].map(([, uses]) => uses));

describe.each(workflows)('.github/workflows/$name', ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs);

  test('gives no job a permission that the job does not ask for', () => {
    expect(workflow.permissions).toEqual({});
    for (const { permissions } of jobs) expect(permissions).toMatchObject({ contents: 'read' });
  });

  test('takes no long-lived key: credentials of AWS come from an environment that AWS trusts', () => {
    expect(text).not.toMatch(/aws-access-key-id|aws-secret-access-key|AWS_SECRET_ACCESS_KEY|secrets\./i);
    for (const { permissions = {}, environment, steps } of jobs) {
      const takesRole = steps.some(({ uses = '' }) => uses.startsWith('aws-actions/configure-aws-credentials@'));
      const allowed = takesRole ? { contents: 'read', 'id-token': 'write' } : { contents: 'read' };
      expect({ permissions, hasEnvironment: environment !== undefined }).toEqual({
        permissions: allowed,
        hasEnvironment: takesRole,
      });
    }
  });
});

test('every action is pinned by its full SHA, with its version beside it', () => {
  expect(actions.length).toBeGreaterThan(10);
  for (const action of actions) expect(action).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const names = actions.map((action = '') => action.replace(/@.*/, ''));
  expect(new Set(actions).size).toBe(new Set(names).size); // One version of each.
});

test('deploy.yml builds once, where a variable asks for it, and deploys that to test, then to prod', () => {
  const jobs = workflows.find(({ name }) => name === 'deploy.yml')?.workflow.jobs ?? {};
  const runs = (name: string, command: RegExp) => jobs[name]?.steps.some(({ run = '' }) => command.test(run)) ?? false;
  const jobsThatRun = (command: RegExp) => Object.keys(jobs).filter((name) => runs(name, command));

  expect(jobs['build']?.if).toContain("vars.AWS_REGION != ''");
  expect({ test: jobs['test']?.needs, prod: jobs['prod']?.needs }).toEqual({ test: 'build', prod: 'test' });
  expect({ test: jobs['test']?.environment, prod: jobs['prod']?.environment }).toEqual({ test: 'test', prod: 'prod' });
  expect(jobsThatRun(/^sam build/)).toEqual(['build']);
  expect(jobsThatRun(/^sam deploy .*--no-confirm-changeset/s)).toEqual(['test', 'prod']);
  expect(jobsThatRun(/--config-env prod/)).toEqual(['prod']);
  expect(jobsThatRun(/^npm run test:deployed/)).toEqual(['test']);
});

test('Dependabot looks weekly, and in groups, at each folder that has dependencies', () => {
  const Update = object({
    'package-ecosystem': picklist(['npm', 'github-actions', 'pip']),
    directory: optional(string()),
    directories: optional(array(string())),
    schedule: object({ interval: literal('weekly') }),
    groups: record(string(), object({ patterns: array(string()) })),
  });
  const Dependabot = object({ version: literal(2), updates: array(Update) });
  const { updates } = parse(Dependabot, parseYaml(readFileSync(join(projectFolder, '.github/dependabot.yml'), 'utf8')));

  const manifests = { npm: 'package-lock.json', pip: 'requirements.txt', 'github-actions': '.github/workflows' };
  const looksAt = updates.flatMap(({ directory, directories = [], 'package-ecosystem': ecosystem }) =>
    [...(directory === undefined ? [] : [directory]), ...directories].map((folder) =>
      join(folder, manifests[ecosystem]),
    ),
  );
  expect(looksAt).toEqual([
    '/package-lock.json',
    '/bench/package-lock.json',
    '/.github/workflows',
    '/.ci/requirements.txt',
  ]);
  for (const manifest of looksAt) expect(existsSync(join(projectFolder, manifest))).toBe(true);
  for (const { groups } of updates) expect(Object.values(groups)).toEqual([{ patterns: ['*'] }]);
});
