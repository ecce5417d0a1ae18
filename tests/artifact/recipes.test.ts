import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { array, looseObject, object, parse, string } from 'valibot';
import { recipe, recipes } from '../helpers/recipes';
import { templateWith } from '../helpers/template-with';
import { projectFolder } from './helpers/built-artifact';
import { deployment, type Deployment, namesOf, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { cfnLint, samPython } from './helpers/tools';

/** The project's template with the lines that docs/operations.md has under these headings. */
const templateOf = (names: readonly string[]): Promise<string> =>
  templateWith(join(projectFolder, 'template.yaml'), ...names.map(recipe));

testWith(cfnLint, 'cfn-lint has no remark on the template with any recipe, nor with all of them', async (lint) => {
  const names = [...recipes.keys()];
  const templates = await Promise.all([...names.map((name) => [name]), names].map(templateOf));
  const { stdout, status } = spawnSync(lint, ['--include-checks', 'I', '--', ...templates], { encoding: 'utf8' });
  expect({ remarks: stdout, status }).toEqual({ remarks: '', status: 0 });
});

/** A test of what AWS makes of the template with one recipe. */
function testRecipe(name: string, says: string, check: (deployment: Deployment) => void): void {
  testWith(
    () => samPython(),
    `${name}: ${says}`,
    async (python) => {
      check(await deployment(python, await templateOf([name])));
    },
  );
}

testRecipe('Log retention', 'the log is kept for 90 days', ({ deployed }) => {
  expect(propertiesOf(deployed, 'BackgroundTasksLogGroup')).toEqual({ RetentionInDays: 90 });
});

testRecipe('JSON logs', 'in the same log group, at a level that keeps the metrics', ({ deployed }) => {
  expect(propertiesOf(deployed, 'BackgroundTasks')['LoggingConfig']).toEqual({
    LogGroup: { Ref: 'BackgroundTasksLogGroup' },
    LogFormat: 'JSON',
    ApplicationLogLevel: 'INFO',
    SystemLogLevel: 'INFO',
  });
});

testRecipe('CORS', 'the URL answers web pages of the origins that are named', ({ deployed }) => {
  expect(propertiesOf(deployed, 'BackgroundTasksUrl')).toMatchObject({
    InvokeMode: 'RESPONSE_STREAM',
    Cors: { AllowOrigins: ['https://example.com'], AllowMethods: ['GET', 'HEAD', 'POST'] },
  });
});

testRecipe('Tracing', 'the function is traced, and may send traces beside writing its log', ({ deployed }) => {
  expect(propertiesOf(deployed, 'BackgroundTasks')).toHaveProperty('TracingConfig.Mode', 'Active');
  expect(propertiesOf(deployed, 'BackgroundTasksRole')).toMatchObject({ Policies: [{ PolicyName: 'WriteItsOwnLog' }] });
  expect(propertiesOf(deployed, 'BackgroundTasksTracing')).toMatchObject({
    Roles: [{ Ref: 'BackgroundTasksRole' }],
    PolicyDocument: { Statement: [{ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] }] },
  });
});

testRecipe('Dashboard', 'its body is JSON, and shows what the function and Lambda measure', ({ deployed }) => {
  const Dashboard = object({ DashboardBody: object({ 'Fn::Sub': string() }) });
  const Body = object({ widgets: array(looseObject({ properties: looseObject({ title: string() }) })) });
  const { DashboardBody } = parse(Dashboard, propertiesOf(deployed, 'Dashboard'));
  const { widgets } = parse(Body, JSON.parse(DashboardBody['Fn::Sub']));
  expect(widgets.map(({ properties }) => properties.title)).toEqual(['Milliseconds', 'What went wrong', 'Failures']);
});

testRecipe('Gradual deployment', 'the alarms on failures roll back what the URL calls', ({ deployed }) => {
  expect(propertiesOf(deployed, 'BackgroundTasksUrl')).toHaveProperty('TargetFunctionArn.Ref', alias);
  expect(deployed.Resources[alias]).toHaveProperty('UpdatePolicy.CodeDeployLambdaAliasUpdate');
  expect(propertiesOf(deployed, 'BackgroundTasksDeploymentGroup')).toMatchObject({
    AlarmConfiguration: {
      Enabled: true,
      Alarms: [{ Name: { Ref: 'FailuresAlarm' } }, { Name: { Ref: 'ErrorsAlarm' } }],
    },
    AutoRollbackConfiguration: { Enabled: true },
    DeploymentConfigName: { 'Fn::Sub': [expect.any(String), { ConfigName: 'Canary10Percent5Minutes' }] },
  });
});

const alias = 'BackgroundTasksAliaslive';

testWith(
  () => samPython(),
  'Gradual deployment: anybody may call the alias, and no more than the alias, where the URL is public',
  async (python) => {
    const template = await templateOf(['Gradual deployment']);
    const { deployed } = await deployment(python, template, { FunctionUrlAuthType: 'NONE' });
    const permissions = namesOf(deployed, 'AWS::Lambda::Permission').map((name) => propertiesOf(deployed, name));
    expect(permissions).toMatchObject([{ FunctionName: { Ref: alias } }, { FunctionName: { Ref: alias } }]);
  },
);

testWith(
  () => samPython(),
  'Gradual deployment: a changed line of the function publishes a version, a parameter with a new value does not',
  async (python) => {
    const template = await templateOf(['Gradual deployment']);
    const changed = await templateWith(template, 'Resources: { BackgroundTasks: { Properties: { MemorySize: 256 } } }');
    const versionOf = async (file: string, parameters = {}) =>
      namesOf((await deployment(python, file, parameters)).deployed, 'AWS::Lambda::Version');

    const version = await versionOf(template);
    expect(version).toHaveLength(1);
    expect(await versionOf(template, { LogLevel: 'info' })).toEqual(version);
    expect(await versionOf(changed)).not.toEqual(version);
  },
);
