import * as v from 'valibot';
import { startTemplate, tellsOfItself } from '../../helpers/template-lambda';

const Told = v.object({ invokedFunctionArn: v.string(), variables: v.record(v.string(), v.string()) });

const hello = 'Handler: app.handler, Runtime: nodejs24.x';

test('a function finds another by the ARN, the name and the address that the template gives it', async () => {
  const lambda = await startTemplate(
    `Resources:
  Front:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: nodejs24.x
      FunctionUrlConfig: { AuthType: NONE }
      Environment:
        Variables:
          BACK_ARN: !GetAtt Back.Arn
          BACK_NAME: !Ref Back
          BACK_URL: !GetAtt BackUrl.FunctionUrl
          OWN_URL: !Sub '\${FrontUrl.FunctionUrl}path'
          TABLE: !Ref Table
  Back:
    Type: AWS::Serverless::Function
    Properties: { ${hello}, FunctionName: back-of-house, FunctionUrlConfig: { AuthType: NONE } }
  Table: { Type: AWS::DynamoDB::Table }`,
    { 'app.js': tellsOfItself },
  );
  expect(lambda.warnings).toEqual([]);
  const { variables } = await tell(lambda.urlOf('Front'));
  expect(variables).toMatchObject({
    BACK_NAME: 'back-of-house',
    BACK_URL: lambda.urlOf('back-of-house'),
    OWN_URL: `${lambda.urlOf('Front')}path`,
    TABLE: 'Table',
  });

  const back = await tell(variables['BACK_URL'] ?? '');
  expect(back.invokedFunctionArn).toBe(variables['BACK_ARN']);
  for (const name of ['BACK_ARN', 'BACK_NAME']) {
    const response = await lambda.invoke(variables[name] ?? '');
    expect(await response.text()).toContain(JSON.stringify(JSON.stringify(variables['BACK_ARN'])).slice(1, -1));
  }
});

test('an AWS::Lambda::Url is served beside a FunctionUrlConfig, each at its own qualifier', async () => {
  const lambda = await startTemplate(
    `Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties: { ${hello}, AutoPublishAlias: live, FunctionUrlConfig: { AuthType: NONE } }
  Own:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !Ref Hello, AuthType: NONE }
  ByAlias:
    Type: AWS::Lambda::Url
    Properties: { TargetFunctionArn: !GetAtt Hello.Arn, Qualifier: live, AuthType: NONE }`,
    { 'app.js': tellsOfItself },
  );
  const arns = await Promise.all(lambda.functionUrls.map(async ({ url }) => (await tell(url)).invokedFunctionArn));
  expect(arns).toEqual([
    expect.stringMatching(/:function:Hello:live$/),
    expect.stringMatching(/:function:Hello$/),
    expect.stringMatching(/:function:Hello:live$/),
  ]);
});

test('an AWS::Lambda::Function runs from a folder, with its URL and its alias', async () => {
  const lambda = await startTemplate(
    `Resources:
  Plain: { Type: AWS::Lambda::Function, Properties: { ${hello}, Code: src } }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Plain, Name: live, FunctionVersion: '1' } }
  PlainUrl: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Live, AuthType: NONE } }`,
    { 'src/app.js': tellsOfItself },
  );
  expect((await tell(lambda.urlOf('Plain'))).invokedFunctionArn).toMatch(/:function:Plain:live$/);
  expect((await lambda.invoke('Plain:live')).status).toBe(200);
  expect((await lambda.invoke('Plain:other')).status).toBe(404);
});

test('language extensions and YAML 1.1 make the functions that CloudFormation would make', async () => {
  const lambda = await startTemplate(
    `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters: { Names: { Type: CommaDelimitedList, Default: 'Orders,Users' } }
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          Handler: app.handler
          Runtime: nodejs24.x
          FunctionUrlConfig: { AuthType: NONE }
          Environment:
            Variables:
              NAME: !Ref Name
              ENABLED: yes
              MODE: 0644
              SETTINGS: !ToJsonString { name: !Ref Name, enabled: on, others: { Fn::Length: !Ref Names } }`,
    { 'app.js': tellsOfItself },
  );
  for (const name of ['Orders', 'Users']) {
    expect((await tell(lambda.urlOf(`${name}Function`))).variables).toMatchObject({
      NAME: name,
      ENABLED: 'true',
      MODE: '420',
      SETTINGS: JSON.stringify({ name, enabled: true, others: 2 }),
    });
  }
});

async function tell(url: string): Promise<v.InferOutput<typeof Told>> {
  return v.parse(Told, await (await fetch(url)).json());
}
