import path from 'node:path';
import { folderWith } from '../../../helpers/folder-with';
import { readTemplateFile, type ReadTemplate } from '../../../helpers/read-template';

/** A template of the function Hello, its properties and the further resources given as YAML. */
async function read(properties: string, resources: string, addresses?: Map<string, string>): Promise<ReadTemplate> {
  const folder = await folderWith({
    'template.yaml': `Parameters: { Unknown: { Type: String } }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, Runtime: nodejs24.x, ${properties} }
${resources}`,
  });
  return await readTemplateFile(path.join(folder, 'template.yaml'), {}, addresses);
}

const streaming = 'AuthType: AWS_IAM, InvokeMode: RESPONSE_STREAM';

describe('a FunctionUrlConfig', () => {
  test('has its CORS settings read, one value or many', async () => {
    const cors = `AllowOrigins: [https://app.example, http://localhost:5173], AllowMethods: '*', AllowCredentials: true`;
    const { url } = await read(`FunctionUrlConfig: { AuthType: NONE, Cors: { ${cors}, MaxAge: 300 } }`, '');
    expect(url('HelloUrl').cors).toEqual({
      allowCredentials: true,
      allowHeaders: [],
      allowMethods: ['*'],
      allowOrigins: ['https://app.example', 'http://localhost:5173'],
      exposeHeaders: [],
      maxAge: 300,
    });
  });

  test('calls the alias that SAM makes', async () => {
    const { url } = await read(`AutoPublishAlias: live, FunctionUrlConfig: { ${streaming} }`, '');
    expect(url('HelloUrl')).toEqual({
      logicalId: 'HelloUrl',
      functionId: 'Hello',
      qualifier: 'live',
      authType: 'AWS_IAM',
      invokeMode: 'RESPONSE_STREAM',
    });
  });

  test('that AWS would refuse cannot be read, while its function can', async () => {
    const { functions, unreadable } = await read('FunctionUrlConfig: { AuthType: NONE, Cors: { MaxAge: 86401 } }', '');
    expect(functions).toHaveLength(1);
    expect(unreadable.get('HelloUrl')).toMatch(
      /Hello\.FunctionUrlConfig\.Cors\.MaxAge: expected a whole number from 0 to 86400, received 86401/,
    );
  });
});

describe('an AWS::Lambda::Url', () => {
  test.each([
    ['!Ref Hello', undefined],
    ['!GetAtt Hello.Arn', undefined],
    ['!Sub "${Hello}"', undefined],
    ['!Sub "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Hello}"', undefined],
    ['hello-function', undefined],
    ['!Ref Hello.Alias', 'live'],
    ['!Ref HelloAliaslive', 'live'],
    ['!Ref OwnAlias', 'own'],
    ['!Ref Hello, Qualifier: own', 'own'],
  ])('calls the function that its TargetFunctionArn names: %s', async (target, qualifier) => {
    const { url, warnings } = await read(
      'FunctionName: hello-function, AutoPublishAlias: live',
      `  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: ${target}, ${streaming} } }
  OwnAlias: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Hello, Name: own } }`,
    );
    expect(url('Own')).toEqual({
      logicalId: 'Own',
      functionId: 'Hello',
      ...(qualifier !== undefined && { qualifier }),
      authType: 'AWS_IAM',
      invokeMode: 'RESPONSE_STREAM',
    });
    expect(warnings).toEqual([]);
  });

  test('stands beside a FunctionUrlConfig, which calls the alias where it calls the function', async () => {
    const { urls } = await read(
      `AutoPublishAlias: live, FunctionUrlConfig: { ${streaming} }`,
      `  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Hello, ${streaming} } }`,
    );
    expect(urls.map(({ logicalId, qualifier }) => [logicalId, qualifier])).toEqual([
      ['HelloUrl', 'live'],
      ['Own', undefined],
    ]);
  });

  test('whose Condition is false is not there', async () => {
    const { urls, warnings } = await read(
      '',
      `  Own: { Type: AWS::Lambda::Url, Condition: Never, Properties: { TargetFunctionArn: !Ref Hello, ${streaming} } }
Conditions: { Never: !Equals [a, b] }`,
    );
    expect(urls).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test.each(['!ImportValue shared-function', '!Ref Pythonic', 'nobody'])(
    'of a function that does not run here is left out with a warning: %s',
    async (target) => {
      const { urls, warnings } = await read(
        '',
        `  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: ${target}, ${streaming} } }
  Pythonic: { Type: AWS::Serverless::Function, Properties: { Handler: app.handler, Runtime: python3.13 } }`,
      );
      expect(urls).toEqual([]);
      expect(warnings).toContainEqual(
        expect.stringMatching(
          /template\.yaml:6: Own \(AWS::Lambda::Url\) is left out: its TargetFunctionArn \(.+\) is no function/,
        ),
      );
    },
  );
});

describe('references', () => {
  const addresses = new Map([
    ['HelloUrl', 'http://127.0.0.1:3000/'],
    ['Own', 'http://127.0.0.1:3001/'],
  ]);
  const arn = 'arn:aws:lambda:eu-north-1:123456789012:function:';

  test.each([
    ['!Ref Hello', 'hello-function'],
    ['!GetAtt Hello.Arn', `${arn}hello-function`],
    ['!Sub "${Hello.Arn}:live"', `${arn}hello-function:live`],
    ['!Ref Hello.Alias', `${arn}hello-function:live`],
    ['!Ref HelloAliaslive', `${arn}hello-function:live`],
    ['!GetAtt Plain.Arn', `${arn}Plain`],
    ['!GetAtt HelloUrl.FunctionUrl', 'http://127.0.0.1:3000/'],
    ['!Sub "${Own.FunctionUrl}path"', 'http://127.0.0.1:3001/path'],
    ['!Select [2, !Split ["/", !GetAtt Own.FunctionUrl]]', '127.0.0.1:3001'],
    ['!GetAtt HelloUrl.FunctionArn', `${arn}hello-function:live`],
    ['!Ref Own', `${arn}Plain`],
    // Only a deployment knows these.
    ['!GetAtt Closed.FunctionUrl', 'Closed.FunctionUrl'],
    ['!GetAtt HelloRole.Arn', 'HelloRole.Arn'],
    ['!Ref Hello.Version', 'Hello.Version'],
    ['!GetAtt Pythonic.Arn', 'Pythonic.Arn'],
  ])('to what runs here stand for its name, its ARN and its address: %s', async (value, expected) => {
    const { named, warnings } = await read(
      `FunctionName: hello-function, AutoPublishAlias: live, FunctionUrlConfig: { ${streaming} },
        Environment: { Variables: { VALUE: ${value} } }`,
      `  Plain: { Type: AWS::Lambda::Function, Properties: { Handler: app.handler, Runtime: nodejs24.x, Code: . } }
  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Plain, AuthType: NONE } }
  Closed: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Plain, AuthType: NONE } }
  Pythonic: { Type: AWS::Serverless::Function, Properties: { Handler: app.handler, Runtime: python3.13 } }`,
      addresses,
    );
    expect(named('Hello').environment).toEqual({ VALUE: expected });
    expect(warnings).toHaveLength(1);
  });

  test('to a Function URL are resolved in the settings of another, too', async () => {
    const { url } = await read(
      `FunctionUrlConfig: { AuthType: NONE, Cors: { AllowOrigins: [!GetAtt Own.FunctionUrl] } }`,
      `  Own: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Hello, AuthType: NONE } }`,
      addresses,
    );
    expect(url('HelloUrl').cors?.allowOrigins).toEqual(['http://127.0.0.1:3001/']);
  });
});
