import path from 'node:path';
import { readTemplateFile } from '../../../helpers/read-template';

const richTemplate = path.join(__dirname, '../../../fixtures/rich-template/template.yaml');

describe('the project’s own template', () => {
  test('declares BackgroundTasks, with its URL and its build', async () => {
    const { functions, urls, warnings } = await readTemplateFile('template.yaml');
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
    });
    expect(urls).toMatchObject([
      {
        logicalId: 'BackgroundTasksUrl',
        functionId: 'BackgroundTasks',
        authType: 'AWS_IAM',
        invokeMode: 'RESPONSE_STREAM',
      },
    ]);
  });

  test('takes parameter overrides', async () => {
    const { named } = await readTemplateFile('template.yaml', { Architecture: 'x86_64', LogLevel: 'info' });
    expect(named('BackgroundTasks').architecture).toBe('x86_64');
    expect(named('BackgroundTasks').environment['LOG_LEVEL']).toBe('info');
  });
});

describe('a template with everything', () => {
  test('has its intrinsics, globals and conditions resolved', async () => {
    const { named, url } = await readTemplateFile(richTemplate);
    const { build, warnings, ...orders } = named('Orders');
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
      aliases: ['live'],
      eventConfigs: [],
    });
    expect(url('OrdersUrl')).toMatchObject({ authType: 'NONE', invokeMode: 'RESPONSE_STREAM' });
    expect(warnings).toEqual([
      expect.stringMatching(
        /Orders\.Environment\.Variables\.NOTHING is null, which CloudFormation refuses; it is empty here\.$/,
      ),
      expect.stringMatching(/template\.yaml:\d+: Orders\.Metadata\.BuildProperties\.LogLevel is left out: /),
    ]);
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
    const { named } = await readTemplateFile(richTemplate, { Stage: 'prod' });
    expect(named('Orders')).toMatchObject({ architecture: 'arm64', memorySize: 1024, reservedConcurrency: 100 });
    expect(named('OnlyInProd')).toMatchObject({ handler: 'app.handler' });
  });

  test('gives a function SAM’s defaults', async () => {
    const { named, url } = await readTemplateFile(richTemplate);
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
      aliases: [],
      eventConfigs: [],
      warnings: [],
    });
    expect(url('DefaultsUrl')).toEqual({
      logicalId: 'DefaultsUrl',
      functionId: 'Defaults',
      authType: 'AWS_IAM',
      invokeMode: 'BUFFERED',
    });
    expect(named('Always')).toMatchObject({ timeout: 7, codeUri: path.join(path.dirname(richTemplate), 'src') });
  });

  test('leaves out functions whose condition is false, and those that cannot run here with a warning', async () => {
    const { functions, warnings } = await readTemplateFile(richTemplate);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(['Orders', 'Defaults', 'Always']);
    expect(warnings).toEqual([
      expect.stringMatching(/Pythonic is left out: its Runtime is python3\.13, and only Node\.js runs locally\.$/),
      expect.stringMatching(/Container is left out: its PackageType is Image, and only Zip runs locally\.$/),
    ]);
  });
});

test('a template that is not there is named', async () => {
  await expect(readTemplateFile('no/such/template.yaml')).rejects.toThrow(
    /Expected a SAM template at no\/such\/template\.yaml/,
  );
});
