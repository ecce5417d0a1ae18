import path from 'node:path';
import { readTemplate } from '../../../local/template';
import type { FunctionDefinition } from '../../../local/template';
import { folderWith } from '../../helpers/folder-with';

const richTemplate = path.join(__dirname, '../../fixtures/rich-template/template.yaml');

async function read(file: string, parameterOverrides: Record<string, string> = {}) {
  const warnings: string[] = [];
  const functions = await readTemplate(file, {
    parameterOverrides,
    region: 'eu-north-1',
    onWarning: (message) => warnings.push(message),
  });
  const named = (logicalId: string): FunctionDefinition => {
    const found = functions.find((definition) => definition.logicalId === logicalId);
    if (!found) throw new Error(`Expected a function ${logicalId}`);
    return found;
  };
  return { functions, named, warnings };
}

/** A template of one function, its properties given as YAML indented by six spaces. */
async function readFunction(properties: string, rest = '') {
  const source = `${rest}
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
${properties}`;
  const folder = await folderWith({ 'template.yaml': source });
  return await read(path.join(folder, 'template.yaml'));
}

describe('the project’s own template', () => {
  test('declares BackgroundTasks, with its URL and its build', async () => {
    const { functions, warnings } = await read('template.yaml');
    expect(warnings).toEqual([]);
    expect(functions).toHaveLength(1);
    expect(functions[0]).toMatchObject({
      logicalId: 'BackgroundTasks',
      handler: 'app.handler',
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      timeout: 15,
      memorySize: 128,
      environment: { LOG_LEVEL: 'debug', BACKGROUND_SECONDS: '10' },
      codeUri: path.resolve('.'),
      build: { entryPoints: ['functions/background-tasks/app.ts'], sourcemap: true },
      url: { authType: 'AWS_IAM', invokeMode: 'RESPONSE_STREAM' },
    });
  });

  test('takes parameter overrides', async () => {
    const { named } = await read('template.yaml', { Architecture: 'x86_64', LogLevel: 'info' });
    expect(named('BackgroundTasks').architecture).toBe('x86_64');
    expect(named('BackgroundTasks').environment['LOG_LEVEL']).toBe('info');
  });
});

describe('a template with everything', () => {
  test('has its intrinsics, globals and conditions resolved', async () => {
    const { named } = await read(richTemplate);
    const { build, ...orders } = named('Orders');
    expect(orders).toEqual({
      logicalId: 'Orders',
      name: 'local-orders-dev',
      handler: 'src/orders/app.handler',
      runtime: 'nodejs22.x',
      architecture: 'x86_64',
      timeout: 20,
      memorySize: 256,
      environment: {
        STAGE: 'dev',
        SHARED: 'own',
        TABLE: 'Table',
        TABLE_ARN: 'Table.Arn',
        TABLE_URL: 'https://eu-central-1/Table/${Literal}',
        REGIONS: 'eu-west-1|eu-central-1',
        SECOND: 'b',
        ENCODED: 'aGVsbG8=',
        IMPORTED: 'network-vpc',
        IS_ON: 'true',
        VERSION: '1.0',
        NOTHING: '',
      },
      codeUri: path.dirname(richTemplate),
      alias: 'live',
      url: { authType: 'NONE', invokeMode: 'RESPONSE_STREAM' },
    });
    expect(build).toMatchObject({
      format: 'esm',
      minify: false,
      outExtension: { '.js': '.mjs' },
      loader: { '.txt': 'text' },
      define: { STAGE: '"local"' },
      external: ['@aws-sdk/*'],
      mainFields: ['module', 'main'],
    });
  });

  test('gives another result for another value of a parameter', async () => {
    const { named } = await read(richTemplate, { Stage: 'prod' });
    expect(named('Orders')).toMatchObject({ architecture: 'arm64', memorySize: 1024, reservedConcurrency: 100 });
    expect(named('OnlyInProd')).toMatchObject({ handler: 'app.handler' });
  });

  test('gives a function SAM’s defaults', async () => {
    const { named } = await read(richTemplate);
    expect(named('Defaults')).toEqual({
      logicalId: 'Defaults',
      name: 'Defaults',
      handler: 'app.handler',
      runtime: 'nodejs22.x',
      architecture: 'x86_64',
      timeout: 3,
      memorySize: 128,
      environment: { STAGE: 'dev', SHARED: 'from globals' },
      codeUri: path.dirname(richTemplate),
      url: { authType: 'AWS_IAM', invokeMode: 'BUFFERED' },
    });
    expect(named('Always')).toMatchObject({ timeout: 7, codeUri: path.join(path.dirname(richTemplate), 'src') });
  });

  test('leaves out functions whose condition is false, and those that cannot run here with a warning', async () => {
    const { functions, warnings } = await read(richTemplate);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(['Orders', 'Defaults', 'Always']);
    expect(warnings).toEqual([
      expect.stringMatching(/template\.yaml:\d+: the build property LogLevel is not known to the local Lambda/),
      expect.stringMatching(/Pythonic is left out: its Runtime is python3\.13, and only Node\.js runs locally\.$/),
      expect.stringMatching(/Container is left out: its PackageType is Image, and only Zip runs locally\.$/),
    ]);
  });
});

describe('LoggingConfig', () => {
  const logging = async (config: string) => {
    const { named } = await readFunction(
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
      /template\.yaml:9: Hello\.LoggingConfig\.SystemLogLevel: expected DEBUG or INFO or WARN, got TRACE\./,
    );
  });
});

describe('a FunctionUrlConfig', () => {
  test('has its CORS settings read, one value or many', async () => {
    const { named } = await readFunction(`      Handler: app.handler
      Runtime: nodejs24.x
      FunctionUrlConfig:
        AuthType: NONE
        Cors:
          AllowOrigins: [https://app.example, http://localhost:5173]
          AllowMethods: '*'
          AllowCredentials: true
          MaxAge: 300
      EventInvokeConfig: { MaximumRetryAttempts: 0 }`);
    expect(named('Hello')).toMatchObject({
      url: {
        cors: {
          allowCredentials: true,
          allowHeaders: [],
          allowMethods: ['*'],
          allowOrigins: ['https://app.example', 'http://localhost:5173'],
          exposeHeaders: [],
          maxAge: 300,
        },
      },
      eventRetries: 0,
    });
  });

  test('whose CORS settings AWS would refuse is refused', async () => {
    const properties = `      Handler: app.handler
      Runtime: nodejs24.x
      FunctionUrlConfig: { AuthType: NONE, Cors: { MaxAge: 86401 } }`;
    await expect(readFunction(properties)).rejects.toThrow(
      'Hello.FunctionUrlConfig.Cors.MaxAge: expected a whole number from 0 to 86400, got 86401',
    );
  });
});

test('a template in JSON reads like one in YAML', async () => {
  const properties = { Handler: 'app.handler', Runtime: 'nodejs24.x', Timeout: { Ref: 'Seconds' } };
  const folder = await folderWith({
    'template.json': JSON.stringify(
      {
        Parameters: { Seconds: { Type: 'Number', Default: 12 } },
        Resources: { Hello: { Type: 'AWS::Serverless::Function', Properties: properties } },
      },
      undefined,
      '\t',
    ),
  });
  const { named } = await read(path.join(folder, 'template.json'));
  expect(named('Hello').timeout).toBe(12);
});

test('anchors and merge keys are followed, an own entry wins over a merged one', async () => {
  const { named } = await readFunction(
    `      <<: *common
      Timeout: 9`,
    'Common: &common { Timeout: 4, Handler: app.handler, Runtime: nodejs24.x }',
  );
  expect(named('Hello')).toMatchObject({ handler: 'app.handler', timeout: 9 });
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
      /template\.yaml:9: Hello\.Timeout: expected a whole number from 1 to 900, got 901\./,
    ],
    ['no handler', '      Runtime: nodejs24.x', /template\.yaml:7: Hello\.Handler: expected a value, got none\./],
    [
      'an unknown architecture',
      '      Runtime: nodejs24.x\n      Handler: a.b\n      Architectures: [arm]',
      /template\.yaml:9: Hello\.Architectures: expected a list of one of x86_64 or arm64, got arm\./,
    ],
    [
      'an unknown tag',
      '      Handler: !Reff X',
      /template\.yaml:7: expected a CloudFormation function, got the tag !Reff\./,
    ],
  ])('fails with file and line: %s', async (_, properties, message) => {
    await expect(readFunction(properties)).rejects.toThrow(message);
  });

  test('fails with the place in YAML that cannot be parsed', async () => {
    const folder = await folderWith({ 'template.yaml': 'Resources:\n  Hello: [\n' });
    await expect(read(path.join(folder, 'template.yaml'))).rejects.toThrow(/template\.yaml: .* at line 3/);
  });

  test('fails with the name of a template that is not there', async () => {
    await expect(read('no/such/template.yaml')).rejects.toThrow(/Expected a SAM template at no\/such\/template\.yaml/);
  });
});
