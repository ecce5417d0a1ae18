import { recipe } from '../helpers/recipes';
import { templateWith } from '../helpers/template-with';
import { builtArtifact } from './helpers/built-artifact';
import type { Template } from './helpers/cloudformation';
import { type Account, startMoto } from './helpers/moto-account';
import { testWith } from './helpers/test-with';
import { motoServer, samCli, samPython } from './helpers/tools';

/** Types that moto 5.2.5 passes over. When it has learnt one the tests fail: take it off this list, and assert it. */
const passedOver = [
  // So `sam deploy` has no URL to print.
  'AWS::Lambda::Url',
  // moto's CloudWatch has alarms, its CloudFormation has not.
  'AWS::CloudWatch::Alarm',
];

/** moto makes no alias, and ends with an error where a permission names one: so all but the gradual deployment. */
const knownRecipes = ['Log retention', 'JSON logs', 'CORS', 'Tracing', 'Dashboard'];

const nothing: Account = {
  stackResources: [],
  roles: [],
  functions: [],
  logGroups: [],
  alarms: [],
  dashboards: [],
  uploads: [],
};

const tools = () => ({ ...builtArtifact(), moto: motoServer(), sam: samCli(), python: samPython() });
const like = (pattern: string): unknown => expect.stringMatching(pattern);

testWith(tools, '`sam deploy` makes the stack in moto, and `sam delete` leaves nothing of it', async (tool) => {
  const account = await startMoto(tool);

  const resources = await account.deploy(tool.template, {});

  const { stackResources, roles, functions, logGroups, alarms, dashboards, uploads } = await account.holds();
  expect(stackResources).toEqual(knownTo(resources));
  expect(functions).toMatchObject([
    {
      FunctionName: like('^background-tasks-BackgroundTasks-'),
      Runtime: 'nodejs24.x',
      Handler: 'app.handler',
      Role: roles[0]?.arn,
      CodeSha256: uploads[0],
      Timeout: 15,
      MemorySize: 128,
      Environment: {
        Variables: { LOG_LEVEL: 'debug', BACKGROUND_SECONDS: 10, POWERTOOLS_SERVICE_NAME: 'BackgroundTasks' },
      },
      concurrency: null,
      versions: ['$LATEST'],
      permissions: [],
    },
  ]);
  expect(roles).toEqual([{ arn: like(':role/background-tasks-BackgroundTasksRole-'), policies: writingTo(logGroups) }]);
  expect(logGroups).toMatchObject([
    { logGroupName: like('^background-tasks-BackgroundTasksLogGroup-'), retentionInDays: 14 },
  ]);
  expect({ alarms, dashboards }).toEqual({ alarms: [], dashboards: [] });

  await account.deleteStack();

  expect(await account.holds()).toEqual(nothing);
});

testWith(tools, '`sam deploy` makes in moto what the parameters and the recipes ask for', async (tool) => {
  const account = await startMoto(tool);
  const template = await templateWith(tool.template, ...knownRecipes.map(recipe));

  const resources = await account.deploy(template, {
    LogLevel: 'info',
    ReservedConcurrency: 5,
    FunctionUrlAuthType: 'NONE',
  });

  const { stackResources, roles, functions, logGroups, dashboards } = await account.holds();
  expect(stackResources).toEqual(knownTo(resources));
  expect(functions).toMatchObject([
    {
      Environment: { Variables: { LOG_LEVEL: 'info' } },
      concurrency: 5,
      permissions: [
        { Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
        { Effect: 'Allow', Principal: '*', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      ],
    },
  ]);
  expect(logGroups).toMatchObject([{ retentionInDays: 90 }]);
  expect(roles).toMatchObject([{ policies: { ...writingTo(logGroups), SendTraces: [{ Effect: 'Allow' }] } }]);
  expect(dashboards).toHaveLength(1);
  expect(dashboards[0]?.widgets).toHaveLength(3);
  expect(JSON.stringify(dashboards[0])).toContain(`"FunctionName","${functions[0]?.FunctionName ?? ''}"`);
});

/** The names of these resources that moto makes, sorted. */
function knownTo(resources: Template['Resources']): string[] {
  return Object.entries(resources)
    .filter(([, { Type }]) => !passedOver.includes(Type))
    .map(([name]) => name)
    .sort();
}

function writingTo(logGroups: Account['logGroups']): Record<string, unknown> {
  const Action = ['logs:CreateLogStream', 'logs:PutLogEvents'];
  return { WriteItsOwnLog: [{ Effect: 'Allow', Action, Resource: logGroups[0]?.logGroupArn }] };
}
