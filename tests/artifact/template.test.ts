import { join } from 'node:path';
import { object, parse, string } from 'valibot';
import { projectFolder } from './helpers/built-artifact';
import { deployment, type Deployment, namesOf, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { samPython } from './helpers/tools';

const template = join(projectFolder, 'template.yaml');
const Dashboard = object({ DashboardBody: object({ 'Fn::Sub': string() }) });

/** A test of the template as AWS's own translator transforms it, its conditions decided for these parameters. */
function testDeployment(
  name: string,
  parameters: Readonly<Record<string, string | number>>,
  check: (deployment: Deployment) => void,
): void {
  testWith(
    () => samPython(),
    name,
    async (python) => {
      check(await deployment(python, template, parameters));
    },
  );
}

describe('who may call the function URL', () => {
  testDeployment('by default only signed requests: no permission is granted', {}, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasksUrl')).toMatchObject({
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
      TargetFunctionArn: { Ref: 'BackgroundTasksAliaslive' },
    });
    expect(namesOf(deployed, 'AWS::Lambda::Permission')).toEqual([]);
  });

  testDeployment('with NONE anybody, by both permissions that a URL needs', { FunctionUrlAuthType: 'NONE' }, (made) => {
    const permissions = namesOf(made.deployed, 'AWS::Lambda::Permission').map((name) =>
      propertiesOf(made.deployed, name),
    );
    const everybody = { FunctionName: { Ref: 'BackgroundTasksAliaslive' }, Principal: '*' };
    expect(permissions).toEqual([
      { ...everybody, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      { ...everybody, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
    ]);
  });

  testDeployment('by default no web page', {}, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasksUrl')).not.toHaveProperty('Cors');
  });

  const origins = { CorsAllowedOrigins: 'https://one.example,https://two.example' };
  testDeployment('web pages of the origins that are named', origins, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasksUrl')).toMatchObject({
      Cors: { AllowOrigins: ['https://one.example', 'https://two.example'] },
    });
  });
});

describe('what the function may do', () => {
  const writeItsOwnLog = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: { 'Fn::GetAtt': ['BackgroundTasksLogGroup', 'Arn'] },
  };

  testDeployment('write its own log, and nothing else', {}, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::IAM::Role')).toEqual(['BackgroundTasksRole']);
    expect(namesOf(deployed, 'AWS::IAM::Policy')).toEqual([]);
    const role = propertiesOf(deployed, 'BackgroundTasksRole');
    expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies']);
    expect(role['Policies']).toEqual([
      { PolicyName: 'WriteItsOwnLog', PolicyDocument: { Version: '2012-10-17', Statement: [writeItsOwnLog] } },
    ]);
  });

  testDeployment('send traces too, exactly when it is traced', { Tracing: 'Active' }, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::IAM::Policy')).toEqual(['BackgroundTasksTracing']);
    expect(propertiesOf(deployed, 'BackgroundTasksTracing')).toMatchObject({
      PolicyDocument: { Statement: [{ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'] }] },
    });
  });
});

describe('what is watched', () => {
  const alarms = ['CutOffAlarm', 'ErrorsAlarm', 'FailuresAlarm', 'NearTimeoutAlarm', 'ThrottlesAlarm'];

  testDeployment('by default five alarms that nobody hears of, and no dashboard', {}, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::CloudWatch::Alarm')).toEqual(alarms);
    for (const alarm of alarms) expect(propertiesOf(deployed, alarm)).not.toHaveProperty('AlarmActions');
    expect(namesOf(deployed, 'AWS::CloudWatch::Dashboard')).toEqual([]);
    expect(deployed.Outputs).not.toHaveProperty('DashboardUrl');
  });

  testDeployment('no alarm where none is asked for', { CreateAlarms: 'false' }, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::CloudWatch::Alarm')).toEqual([]);
  });

  const AlarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:pager';
  testDeployment('every alarm tells the topic that is named', { AlarmTopicArn }, ({ deployed }) => {
    for (const alarm of alarms) expect(propertiesOf(deployed, alarm)).toHaveProperty('AlarmActions', [AlarmTopicArn]);
  });

  testDeployment('a dashboard where one is asked for, its body JSON', { CreateDashboard: 'true' }, ({ deployed }) => {
    const { DashboardBody } = parse(Dashboard, propertiesOf(deployed, 'Dashboard'));
    expect(JSON.parse(DashboardBody['Fn::Sub'].replaceAll('${Timeout}', '15'))).toHaveProperty('widgets.length', 5);
    expect(deployed.Outputs).toHaveProperty('DashboardUrl');
  });
});

describe('how the function is set up', () => {
  testDeployment('by default for ten seconds of work in fifteen, on the smallest arm64, logging text', {}, (made) => {
    const properties = propertiesOf(made.deployed, 'BackgroundTasks');
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      MemorySize: '128',
      Timeout: '15',
      Environment: { Variables: { BACKGROUND_SECONDS: '10', LOG_LEVEL: 'debug' } },
      LoggingConfig: { LogFormat: 'Text', LogGroup: { Ref: 'BackgroundTasksLogGroup' } },
    });
    expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
    expect(properties).not.toHaveProperty('LoggingConfig.ApplicationLogLevel');
  });

  testDeployment('a reserved concurrency where one is asked for', { ReservedConcurrency: 5 }, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasks')).toHaveProperty('ReservedConcurrentExecutions', '5');
  });

  testDeployment('JSON logs at the level asked for', { LogFormat: 'JSON' }, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasks')).toMatchObject({
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'DEBUG', SystemLogLevel: 'INFO' },
    });
  });

  const errorsOnly = { LogFormat: 'JSON', LogLevel: 'error' };
  testDeployment('JSON logs never above INFO, where Lambda would drop the metrics', errorsOnly, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasks')).toMatchObject({
      LoggingConfig: { ApplicationLogLevel: 'INFO' },
      Environment: { Variables: { LOG_LEVEL: 'error' } },
    });
  });
});

describe('how an update gets its traffic', () => {
  testDeployment('by default at once, without CodeDeploy', {}, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
    expect(namesOf(deployed, 'AWS::Lambda::Alias')).toEqual(['BackgroundTasksAliaslive']);
  });

  const gradual = { DeploymentStrategy: 'Canary10Percent5Minutes' };
  testDeployment('step by step where asked for, rolled back by the alarms on failures', gradual, ({ deployed }) => {
    const group = propertiesOf(deployed, 'BackgroundTasksDeploymentGroup');
    expect(group).toMatchObject({
      AlarmConfiguration: {
        Enabled: true,
        Alarms: [{ Name: { Ref: 'FailuresAlarm' } }, { Name: { Ref: 'ErrorsAlarm' } }],
      },
      AutoRollbackConfiguration: { Enabled: true },
    });
    expect(deployed.Resources['BackgroundTasksAliaslive']).toHaveProperty('UpdatePolicy.CodeDeployLambdaAliasUpdate');
  });

  testDeployment('a parameter that the function depends on makes a new version', {}, ({ transformed, deployed }) => {
    const names = new Set(Object.keys(transformed.Parameters));
    const used = [...JSON.stringify(propertiesOf(transformed, 'BackgroundTasks')).matchAll(/"Ref":"(\w+)"/g)]
      .map(([, name]) => name ?? '')
      // What is reserved for a function holds for all of its versions.
      .filter((name) => names.has(name) && name !== 'ReservedConcurrency');
    const [version = ''] = namesOf(deployed, 'AWS::Lambda::Version');
    const { Description } = propertiesOf(deployed, version);
    for (const name of used) expect(JSON.stringify(Description)).toContain(`\${${name}}`);
    expect(used).toContain('BackgroundSeconds');
  });
});

describe('what is refused before anything is deployed', () => {
  testDeployment('nothing, with the defaults', {}, ({ refusals }) => {
    expect(refusals).toEqual([]);
  });

  testDeployment('work that does not fit into the timeout', { BackgroundSeconds: 14 }, ({ refusals }) => {
    expect(refusals).toEqual([expect.stringMatching(/^A Timeout of 15 allows BackgroundSeconds of 0 to 12/)]);
  });

  testDeployment('not the same work in a longer timeout', { BackgroundSeconds: 20, Timeout: 30 }, ({ refusals }) => {
    expect(refusals).toEqual([]);
  });

  const unwatched = { DeploymentStrategy: 'Canary10Percent5Minutes', CreateAlarms: 'false' };
  testDeployment('a gradual deployment without alarms to roll it back', unwatched, ({ refusals }) => {
    expect(refusals).toEqual([expect.stringContaining('needs CreateAlarms')]);
  });

  testDeployment('whatever would abort the work: each timeout leaves its reserve', {}, ({ transformed }) => {
    const timeouts = transformed.Parameters['Timeout']?.AllowedValues?.map(Number) ?? [];
    const rules = JSON.stringify(transformed['Rules']);
    for (const timeout of timeouts.slice(0, -1)) {
      const rule = new RegExp(
        `\\{"RuleCondition":\\{"Fn::Equals":\\[\\{"Ref":"Timeout"\\},"${timeout}"\\]\\}.*?"Fn::Contains":\\[(\\[.*?\\])`,
      );
      const seconds = [...(rule.exec(rules)?.[1] ?? '').matchAll(/\d+/g)].map(Number);
      expect(Math.max(...seconds)).toBeLessThan(timeout - Math.min(2, timeout / 10));
      expect(seconds.length).toBeGreaterThan(5);
    }
    expect(timeouts.at(-1)).toBe(900); // Longer than the longest BackgroundSeconds, 600.
  });
});
