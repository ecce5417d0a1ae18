import { readHello } from '../../../helpers/read-template';

const read = async (properties: string, rest = '') =>
  await readHello(`      Handler: app.handler\n      Runtime: nodejs24.x\n${properties}`, rest);

test.each([
  ['Layers: [!Ref Layer]', 'Layers is left out: layers are not fetched, so what they hold is not there'],
  ['FileSystemConfigs: [{ Arn: a, LocalMountPath: /mnt/a }]', 'FileSystemConfigs is left out: nothing is mounted'],
  ['VpcConfig: { SubnetIds: [a] }', "VpcConfig is left out: the function is in this machine's network"],
  [
    'DeadLetterQueue: { Type: SQS, TargetArn: a }',
    'DeadLetterQueue is left out: events that fail for good are dropped',
  ],
  ['DeadLetterConfig: { TargetArn: a }', 'DeadLetterConfig is left out: events that fail for good are dropped'],
  [
    'CapacityProviderConfig: { Arn: a }',
    'CapacityProviderConfig is left out: an execution environment has one invocation at a time here',
  ],
  [
    'TenancyConfig: { TenantIsolationMode: PER_TENANT }',
    'TenancyConfig is left out: tenants share execution environments here, and none need be named',
  ],
  [
    'ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 5 }',
    'ProvisionedConcurrencyConfig is left out: an environment starts with the first request that needs it',
  ],
  ['Tracing: Active', 'Tracing is left out: no traces are sent'],
  ['TracingConfig: { Mode: Active }', 'TracingConfig.Mode is left out: no traces are sent'],
  ['DurableConfig: { ExecutionTimeout: 60 }', 'DurableConfig is left out: executions are not durable here'],
  [
    'Events: { Get: { Type: HttpApi }, Nightly: { Type: Schedule } }',
    'Events is left out: nothing sends these events here (Get: HttpApi, Nightly: Schedule), but `invoke Hello -e <file>` does',
  ],
  [
    'Environment: { Variables: { AWS_LAMBDA_EXEC_WRAPPER: /opt/wrapper } }',
    'Environment.Variables.AWS_LAMBDA_EXEC_WRAPPER is left out: the wrapper is not run',
  ],
  [
    'Environment: { Variables: { KEY: } }',
    'Environment.Variables.KEY is null, which CloudFormation refuses; it is empty here',
  ],
])('%s has one warning, with its place', async (property, warning) => {
  const { named } = await read(`      ${property}`);
  expect(named('Hello').warnings).toEqual([expect.stringContaining(`template.yaml:9: Hello.${warning}.`)]);
});

test('a property of the Globals has one for each function', async () => {
  const { functions } = await read(
    '  Other: { Type: AWS::Serverless::Function, Properties: { Handler: a.b, Runtime: nodejs24.x } }',
    'Globals: { Function: { Layers: [a] } }',
  );
  expect(functions.map(({ warnings }) => warnings)).toEqual([
    [expect.stringContaining('template.yaml:1: Hello.Layers is left out')],
    [expect.stringContaining('template.yaml:1: Other.Layers is left out')],
  ]);
});

test('a BuildMethod other than esbuild has one, unless SAM has built the function', async () => {
  const metadata = (text: string) => `    Metadata: { ${text} }`;
  const { named } = await read(metadata('BuildMethod: makefile'));
  expect(named('Hello').warnings).toEqual([
    expect.stringMatching(
      /Hello\.Metadata\.BuildMethod is left out: .* after `sam build`, -t \.aws-sam\/build\/template\.yaml/,
    ),
  ]);
  const built = await read(metadata('BuildMethod: makefile, SamResourceId: Hello'));
  expect(built.named('Hello').warnings).toEqual([]);
});

test.each(["Environment: { Variables: { KEY: '' } }", 'Tracing: PassThrough', 'TracingConfig: { Mode: PassThrough }'])(
  'what changes nothing here has none: %s',
  async (property) => {
    const { named } = await read(`      ${property}`);
    expect(named('Hello').warnings).toEqual([]);
  },
);

test.each([
  ['AWS::Serverless::Application', 'nested applications are not read; start one with -t and its own template'],
  ['AWS::CloudFormation::Stack', 'nested stacks are not read; start one with -t and its own template'],
  ['AWS::Lambda::EventSourceMapping', 'nothing sends its events here, but `invoke <function> -e <file>` does'],
  ['AWS::Serverless::Api', 'nothing sends its events here, but `invoke <function> -e <file>` does'],
  ['AWS::Serverless::StateMachine', 'nothing sends its events here, but `invoke <function> -e <file>` does'],
])('%s has one', async (type, reason) => {
  const { warnings } = await read(`  Nested: { Type: ${type} }
  Never: { Type: ${type}, Condition: Never }
Conditions: { Never: !Equals [a, b] }`);
  expect(warnings).toEqual([expect.stringMatching(new RegExp(`:9: Nested \\(${type}\\) is left out: ${reason}\\.$`))]);
});
