import path from 'node:path';
import { folderWith } from '../../../../helpers/folder-with';
import { readHello, readTemplateFile } from '../../../../helpers/read-template';

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
  const { named } = await readTemplateFile(path.join(folder, 'template.json'));
  expect(named('Hello').timeout).toBe(12);
});

test('anchors and merge keys are followed, an own entry wins over a merged one', async () => {
  const { named } = await readHello(
    `      <<: *common
      Timeout: 9`,
    'Common: &common { Timeout: 4, Handler: app.handler, Runtime: nodejs24.x }',
  );
  expect(named('Hello')).toMatchObject({ handler: 'app.handler', timeout: 9 });
});

describe('YAML 1.1', () => {
  const hello = async (properties: string, rest = '') =>
    await readHello(`      Handler: app.handler\n      Runtime: nodejs24.x\n${properties}`, rest);

  test('is what variables are read as, unless they are in quotes or tagged', async () => {
    const { named, warnings } = await hello(`      Environment:
        Variables:
          PLAIN: yes
          QUOTED: 'yes'
          TAGGED: !!str yes
          BLOCK: |-
            yes
          DATE: 2012-10-17
          OCTAL: 0300
          TIME: 22:30
          VERSION: 1.10
          JOINED: !Join ['-', [on, 'on', 010]]`);
    expect(named('Hello').environment).toEqual({
      ...{ PLAIN: 'true', QUOTED: 'yes', TAGGED: 'yes', BLOCK: 'yes', DATE: '2012-10-17' },
      ...{ OCTAL: '192', TIME: '1350', VERSION: '1.1', JOINED: 'true-on-8' },
    });
    expect(warnings).toEqual([]);
  });

  test('is what properties are read as', async () => {
    const { named, url } = await hello(`      Timeout: 0x10
      FunctionUrlConfig: { AuthType: NONE, Cors: { AllowCredentials: Yes, MaxAge: 1:00 } }
    Metadata: { BuildMethod: esbuild, BuildProperties: { Minify: off, Sourcemap: On } }`);
    expect(named('Hello')).toMatchObject({
      timeout: 16,
      build: { minify: false, sourcemap: true },
    });
    expect(url('HelloUrl').cors).toMatchObject({ allowCredentials: true, maxAge: 60 });
  });

  test('is what conditions compare', async () => {
    const { named } = await hello(
      `      Timeout: !If [IsOn, 7, 8]
      MemorySize: !If [IsQuoted, 512, 256]`,
      `Parameters: { Switch: { Type: String, Default: on } }
Conditions: { IsOn: !Equals [!Ref Switch, YES], IsQuoted: !Equals [!Ref Switch, 'on'] }`,
    );
    expect(named('Hello')).toMatchObject({ timeout: 7, memorySize: 256 });
  });

  test('has keys that CloudFormation refuses: they are read as written, with a warning', async () => {
    const { named, warnings } = await hello(
      `      Environment: { Variables: { ACCOUNT: !FindInMap [Accounts, '123456789012', 'on'] } }`,
      'Mappings: { Accounts: { 123456789012: { on: mine } } }',
    );
    expect(named('Hello').environment).toEqual({ ACCOUNT: 'mine' });
    expect(warnings).toEqual([
      expect.stringMatching(/template\.yaml:1: CloudFormation refuses the key 123456789012, which is a number: /),
      expect.stringMatching(
        /template\.yaml:1: CloudFormation refuses the key on, which is a boolean: put it in quotes\.$/,
      ),
    ]);
  });
});

test('of a key that is there twice the last one counts, with a warning', async () => {
  const { named, warnings } = await readHello(`      Handler: app.handler
      Runtime: nodejs24.x
      Timeout: 4
      Timeout: 5`);
  expect(named('Hello').timeout).toBe(5);
  expect(warnings).toEqual([
    expect.stringMatching(/template\.yaml:10: Timeout is there twice in the same map; the last one counts\.$/),
  ]);
});

test('what stands in braces or brackets need not be indented', async () => {
  const { named } = await readHello(
    `      Handler: app.handler
      Environment: { Variables: {
  "ONE": "1",
      "TWO": "2"
    } }
      Runtime: nodejs24.x
      Architectures: [
    arm64
      ]
      Timeout: !If [Never, 1, 2]`,
    'Conditions: { Never: !Equals [a, b] }',
  );
  expect(named('Hello')).toMatchObject({ environment: { ONE: '1', TWO: '2' }, architecture: 'arm64', timeout: 2 });
});

test('a section with nothing in it is as good as none', async () => {
  const { named } = await readHello(
    '      Handler: app.handler\n      Runtime: nodejs24.x',
    'Globals:\nParameters:\nMappings: ~',
  );
  expect(named('Hello').timeout).toBe(3);
});

test('a tag that is no function of CloudFormation is refused', async () => {
  await expect(readHello('      Handler: !Reff X')).rejects.toThrow(
    /template\.yaml:7: expected a CloudFormation function, received the tag !Reff\./,
  );
});

test('YAML that cannot be parsed is refused, with the place', async () => {
  const folder = await folderWith({ 'template.yaml': 'Resources:\n  Hello: [\n' });
  await expect(readTemplateFile(path.join(folder, 'template.yaml'))).rejects.toThrow(/template\.yaml: .* at line 3/);
});
