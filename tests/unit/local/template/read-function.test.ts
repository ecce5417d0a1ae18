import { readHello } from '../../../helpers/read-template';

describe('LoggingConfig', () => {
  const logging = async (config: string) => {
    const { named } = await readHello(
      `      Runtime: nodejs24.x\n      Handler: app.handler\n      LoggingConfig: ${config}`,
    );
    return named('Hello').logging;
  };

  test('is read whole', async () => {
    const config = '{ LogFormat: JSON, ApplicationLogLevel: DEBUG, SystemLogLevel: WARN, LogGroup: /my/log }';
    expect(await logging(config)).toEqual({
      format: 'JSON',
      applicationLogLevel: 'DEBUG',
      systemLogLevel: 'WARN',
      logGroup: '/my/log',
    });
  });

  test('means text where it says no more than the group, which may be another resource', async () => {
    expect(await logging('{ LogGroup: !Ref Table }')).toEqual({ format: 'Text', logGroup: 'Table' });
  });

  test('has only the levels that Lambda knows', async () => {
    await expect(logging('{ LogFormat: JSON, SystemLogLevel: TRACE }')).rejects.toThrow(
      /template\.yaml:9: Hello\.LoggingConfig\.SystemLogLevel: expected DEBUG or INFO or WARN, received TRACE\./,
    );
  });
});

test.each([
  ['RecursiveLoop: Allow', 'Allow'],
  ['RecursiveLoop: Terminate', 'Terminate'],
  ['Timeout: 3', undefined],
])('a loop ends as RecursiveLoop says: %s', async (property, expected) => {
  const { named } = await readHello(`      Runtime: nodejs24.x\n      Handler: app.handler\n      ${property}`);
  expect(named('Hello').recursiveLoop).toBe(expected);
});

describe('what the local Lambda cannot do without', () => {
  test.each([
    [
      'a value that only a deployment knows',
      '      Runtime: nodejs24.x\n      Handler: !GetAtt Table.StreamArn',
      /template\.yaml:8: Hello\.Handler: expected a string that is known locally, but !GetAtt Table\.StreamArn is known only once/,
    ],
    [
      'a reference to nothing',
      '      Runtime: nodejs24.x\n      Handler: app.handler\n      Timeout: !Ref Tmeout',
      /template\.yaml:9: Hello\.Timeout: .* !Ref Tmeout names neither a parameter nor a resource/,
    ],
    [
      'a number out of range',
      '      Runtime: nodejs24.x\n      Handler: app.handler\n      Timeout: 901',
      /template\.yaml:9: Hello\.Timeout: expected a whole number from 1 to 900, received 901\./,
    ],
    ['no handler', '      Runtime: nodejs24.x', /template\.yaml:6: Hello\.Handler: expected a value, received none\./],
    [
      'an unknown architecture',
      '      Runtime: nodejs24.x\n      Handler: a.b\n      Architectures: [arm]',
      /template\.yaml:9: Hello\.Architectures: expected a list of one of x86_64 or arm64, received arm\./,
    ],
  ])('fails with file and line: %s', async (_, properties, message) => {
    const { functions, unreadable } = await readHello(properties);
    expect(functions).toEqual([]);
    expect(unreadable.get('Hello')).toMatch(message);
  });

  test('keeps no other function from being read', async () => {
    const { functions, unreadable } = await readHello(`      Runtime: nodejs24.x
  Other: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: app.handler } }
  Unknown: { Type: AWS::Serverless::Function, Condition: NoSuch, Properties: { Runtime: nodejs24.x, Handler: a.b } }`);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(['Other']);
    expect([...unreadable.keys()]).toEqual(['Hello', 'Unknown']);
    expect(unreadable.get('Unknown')).toMatch(/Unknown\.Condition: .* !Condition NoSuch names no condition/);
  });
});

describe('an AWS::Lambda::Function', () => {
  const plain = async (properties: string, rest = '') =>
    await readHello(`      Runtime: nodejs24.x
      Handler: app.handler
  Plain:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs24.x, Handler: app.handler, ${properties} }
${rest}`);

  test('runs here where its Code is a path', async () => {
    const { named } = await plain('Code: ./src, FunctionName: plain, Timeout: 5');
    expect(named('Plain')).toMatchObject({ name: 'plain', timeout: 5, memorySize: 128 });
    expect(named('Plain').codeUri).toMatch(/\/src$/);
  });

  test('takes none of the Globals, which are for AWS::Serverless::Function', async () => {
    const { named } = await readHello(
      `      Runtime: nodejs24.x
      Handler: app.handler
  Plain: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs24.x, Handler: app.handler, Code: . } }`,
      'Globals: { Function: { Timeout: 9 } }',
    );
    expect(named('Hello').timeout).toBe(9);
    expect(named('Plain').timeout).toBe(3);
  });

  test('runs here as the CDK synthesizes it', async () => {
    const { named } = await plain(
      'Code: { S3Bucket: assets, S3Key: abc.zip }',
      "    Metadata: { 'aws:asset:path': asset.abc, 'aws:asset:property': Code }",
    );
    expect(named('Plain').codeUri).toMatch(/\/asset\.abc$/);
  });

  test('has the aliases and the event settings of the resources that belong to it', async () => {
    const { named, warnings } = await plain(
      'Code: .',
      `  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Plain, Name: live, FunctionVersion: 1 } }
  Events:
    Type: AWS::Lambda::EventInvokeConfig
    Properties: { FunctionName: !Ref Plain, Qualifier: live, MaximumRetryAttempts: 1 }
  Lost: { Type: AWS::Lambda::Alias, Properties: { FunctionName: elsewhere, Name: live } }`,
    );
    expect(named('Plain')).toMatchObject({
      aliases: ['live'],
      eventConfigs: [{ qualifier: 'live', eventRetries: 1 }],
    });
    expect(warnings).toEqual([
      expect.stringMatching(/Lost \(AWS::Lambda::Alias\) is left out: its FunctionName \(elsewhere\) is no function/),
    ]);
  });

  test.each([
    ['Code: { ZipFile: "exports.handler = 1" }', 'its code is inline, and only code in a folder runs locally'],
    ['Code: { S3Bucket: a, S3Key: b }', 'its code is in S3, and only code in a folder runs locally'],
    ['Code: dist/app.zip', 'its code is dist/app.zip, and only code in a folder runs locally'],
    ['PackageType: Image, Code: { ImageUri: a }', 'its PackageType is Image, and only Zip runs locally'],
  ])('with %s is left out', async (code, reason) => {
    const { functions, warnings } = await plain(code);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(['Hello']);
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(`template\\.yaml:\\d+: Plain is left out: ${reason}\\.$`)),
    ]);
  });
});
