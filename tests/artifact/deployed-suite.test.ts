import { linesForQueuedTasks, recipe } from '../helpers/recipes';
import { templateWith } from '../helpers/template-with';
import { builtArtifact } from './helpers/built-artifact';
import { withPretendedStack } from './helpers/pretended-stack';
import { testDeployed } from './helpers/test-deployed';
import { testWith } from './helpers/test-with';
import { motoServer } from './helpers/tools';

const tools = () => ({ ...builtArtifact(), moto: motoServer() });
const shortWork =
  'Resources: { BackgroundTasks: { Properties: { Environment: { Variables: { BACKGROUND_SECONDS: 2 } } } } }';
const none = { failed: [], skipped: 0 };

testWith(
  tools,
  '`npm run test:deployed` passes on a stack with queued tasks, by signed requests',
  async ({ moto, template }) => {
    await withPretendedStack(
      { moto, template: await templateWith(template, shortWork, linesForQueuedTasks()) },
      async (environment) => {
        const run = await testDeployed(environment);
        expect(run).toMatchObject({ ...none, passed: 13, exitCode: 0 });
        expect(run.output).not.toContain('NOT TESTED');
      },
    );
  },
);

testWith(
  tools,
  '`npm run test:deployed` passes on an alias with a public URL and a short log, and says what it could not see',
  async ({ moto, template }) => {
    const changed = await templateWith(template, shortWork, recipe('JSON logs'), recipe('Gradual deployment'));
    const parameters = { FunctionUrlAuthType: 'NONE' };
    await withPretendedStack({ moto, template: changed, parameters }, async (environment) => {
      const run = await testDeployed(environment);
      expect(run).toMatchObject({ ...none, passed: 13, exitCode: 0 });
      expect(run.output).toContain('NOT TESTED  the debug lines: the function logs from INFO on');
    });
  },
);

testWith(
  tools,
  '`npm run test:deployed` fails where the answer is held back until the end',
  async ({ moto, template }) => {
    const changed = await templateWith(template, shortWork);
    await withPretendedStack({ moto, template: changed, holdsAnswersBack: true }, async (environment) => {
      const run = await testDeployed(environment);
      const failed = ['a direct invocation is answered before the background work has ended'];
      expect(run).toMatchObject({ failed, skipped: 0, passed: 12, exitCode: 1 });

      const { output, ...misnamed } = await testDeployed({ ...environment, STACK_NAME: 'nobodys-stack' });
      expect(misnamed).toMatchObject({ ...none, passed: 0, exitCode: 1 });
      expect(output).toContain(
        'Expected STACK_NAME to name a deployed stack of this template, received "nobodys-stack"',
      );
    });
  },
);

test('`npm run test:deployed` says what it lacks, and fails nobody who has no account', async () => {
  const nothing = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  const run = await testDeployed(nothing);
  expect(run).toMatchObject({ passed: 0, failed: [], skipped: 13, exitCode: 0 });
  expect(run.output).toContain('are skipped: set STACK_NAME to the name of the stack, and AWS credentials');

  const withName = await testDeployed({ ...nothing, STACK_NAME: 'background-tasks' });
  expect(withName).toMatchObject({ skipped: 13, exitCode: 0 });
  expect(withName.output).toContain('are skipped: set AWS credentials');
});
