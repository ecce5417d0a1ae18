import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { looseObject, parse, record, string, unknown } from 'valibot';
import { projectFolder } from './helpers/built-artifact';
import { deployment, type Deployment, namesOf, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { samPython } from './helpers/tools';

const template = join(projectFolder, 'template.yaml');

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
    expect(propertiesOf(deployed, 'BackgroundTasksUrl')).toEqual({
      AuthType: 'AWS_IAM',
      InvokeMode: 'RESPONSE_STREAM',
      TargetFunctionArn: { Ref: 'BackgroundTasks' },
    });
    expect(namesOf(deployed, 'AWS::Lambda::Permission')).toEqual([]);
  });

  testDeployment('with NONE anybody, by both permissions that a URL needs', { FunctionUrlAuthType: 'NONE' }, (made) => {
    const permissions = namesOf(made.deployed, 'AWS::Lambda::Permission').map((name) =>
      propertiesOf(made.deployed, name),
    );
    const everybody = { FunctionName: { Ref: 'BackgroundTasks' }, Principal: '*' };
    expect(permissions).toEqual([
      { ...everybody, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      { ...everybody, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
    ]);
  });
});

testDeployment('the function may write its own log, and nothing else', {}, ({ deployed }) => {
  const writeItsOwnLog = {
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: { 'Fn::GetAtt': ['BackgroundTasksLogGroup', 'Arn'] },
  };
  expect(namesOf(deployed, 'AWS::IAM::Role')).toEqual(['BackgroundTasksRole']);
  expect(namesOf(deployed, 'AWS::IAM::Policy')).toEqual([]);
  const role = propertiesOf(deployed, 'BackgroundTasksRole');
  expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies']);
  expect(role['Policies']).toEqual([
    { PolicyName: 'WriteItsOwnLog', PolicyDocument: { Version: '2012-10-17', Statement: [writeItsOwnLog] } },
  ]);
});

describe('what is watched', () => {
  const alarms = ['CutOffAlarm', 'ErrorsAlarm', 'FailuresAlarm', 'NearTimeoutAlarm', 'ThrottlesAlarm'];

  testDeployment('by default five alarms that nobody hears of', {}, ({ deployed }) => {
    expect(namesOf(deployed, 'AWS::CloudWatch::Alarm')).toEqual(alarms);
    for (const alarm of alarms) expect(propertiesOf(deployed, alarm)).not.toHaveProperty('AlarmActions');
  });

  const AlarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:pager';
  testDeployment('every alarm tells the topic that is named', { AlarmTopicArn }, ({ deployed }) => {
    for (const alarm of alarms) expect(propertiesOf(deployed, alarm)).toHaveProperty('AlarmActions', [AlarmTopicArn]);
  });

  testDeployment('an invocation that takes more than 85% of the timeout', {}, ({ deployed }) => {
    const { Timeout } = propertiesOf(deployed, 'BackgroundTasks');
    expect(propertiesOf(deployed, 'NearTimeoutAlarm')).toHaveProperty('Threshold', Math.round(Number(Timeout) * 850));
  });
});

describe('how the function is set up', () => {
  testDeployment('by default for ten seconds of work in fifteen, on the smallest arm64', {}, ({ deployed }) => {
    const properties = propertiesOf(deployed, 'BackgroundTasks');
    expect(properties).toMatchObject({
      Architectures: ['arm64'],
      MemorySize: 128,
      Timeout: 15,
      Environment: { Variables: { BACKGROUND_SECONDS: 10, LOG_LEVEL: 'debug' } },
      LoggingConfig: { LogGroup: { Ref: 'BackgroundTasksLogGroup' } },
    });
    expect(properties).not.toHaveProperty('ReservedConcurrentExecutions');
  });

  testDeployment(
    'with the log level and the architecture that are asked for',
    { LogLevel: 'info', Architecture: 'x86_64' },
    ({ deployed }) => {
      expect(propertiesOf(deployed, 'BackgroundTasks')).toMatchObject({
        Architectures: ['x86_64'],
        Environment: { Variables: { LOG_LEVEL: 'info' } },
      });
    },
  );

  testDeployment('with a reserved concurrency where one is asked for', { ReservedConcurrency: 5 }, ({ deployed }) => {
    expect(propertiesOf(deployed, 'BackgroundTasks')).toHaveProperty('ReservedConcurrentExecutions', '5');
  });
});

test('`sam deploy --guided` asks six questions at most, and samconfig.toml answers none that it does not ask', () => {
  const Template = looseObject({ Parameters: record(string(), unknown()) });
  const { Parameters } = parse(Template, parseYaml(readFileSync(template, 'utf8'), { logLevel: 'error' }));
  const names = Object.keys(Parameters);
  expect(names.length).toBeLessThanOrEqual(6);

  const samconfig = readFileSync(join(projectFolder, 'samconfig.toml'), 'utf8');
  const overrides = [...samconfig.matchAll(/^parameter_overrides = (?:"([^"]*)"|\[([^\]]*)\])/gm)].join();
  const named = [...overrides.matchAll(/(\w+)=/g)].map(([, name]) => name);
  expect(named).toContain('ReservedConcurrency');
  expect(names).toEqual(expect.arrayContaining(named));
});
