import { startTemplate } from '../../helpers/template-lambda';

// The shapes of what `sam init` makes for Node.js, and of the streaming patterns of serverless-patterns.

test('sam init, hello-world in TypeScript: says that it has only an API, and runs when it is invoked', async () => {
  const lambda = await startTemplate(
    `AWSTemplateFormatVersion: '2010-09-09'
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Timeout: 3
Resources:
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: hello/
      Handler: app.lambdaHandler
      Runtime: nodejs24.x
      Architectures:
        - x86_64
      Events:
        Hello:
          Type: Api
          Properties: { Path: /hello, Method: get }
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        Minify: true
        Target: es2020
        Sourcemap: true
        EntryPoints:
          - app.ts
Outputs:
  Api: { Value: !Sub 'https://\${ServerlessRestApi}.execute-api.\${AWS::Region}.amazonaws.com/Prod/hello/' }`,
    {
      'hello/package.json': '{ "name": "hello", "main": "app.js" }',
      'hello/app.ts': `export const lambdaHandler = async (event: { path: string }) => ({ statusCode: 200, body: event.path });`,
    },
  );
  expect(lambda.functionUrls).toEqual([]);
  expect(lambda.warnings).toEqual([
    'template.yaml:15: HelloFunction.Events is left out: nothing sends these events here (Hello: Api), but `invoke HelloFunction -e <file>` does.',
  ]);
  const response = await lambda.invoke('HelloFunction', { path: '/hello' });
  expect(await response.json()).toEqual({ statusCode: 200, body: '/hello' });
});

const streams = `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  const http = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'Content-Type': 'text/html' } });
  http.write('<p>first</p>');
  http.write('<p>second</p>');
  http.end();
});`;

test('a streaming function, a URL at its alias and another at itself', async () => {
  const lambda = await startTemplate(
    `Transform: AWS::Serverless-2016-10-31
Resources:
  StreamingFunction:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: index.handler
      Runtime: nodejs24.x
      AutoPublishAlias: live
      FunctionUrlConfig: { AuthType: AWS_IAM, InvokeMode: RESPONSE_STREAM }
      Environment:
        Variables:
          ACCESS_KEY_ID:
  OwnUrl:
    Type: AWS::Lambda::Url
    Properties:
      TargetFunctionArn: !Ref StreamingFunction
      AuthType: AWS_IAM
      InvokeMode: RESPONSE_STREAM
Outputs:
  Url: { Value: !GetAtt OwnUrl.FunctionUrl }
  Url: { Value: !GetAtt StreamingFunctionUrl.FunctionUrl }`,
    { 'src/index.js': streams },
  );
  expect(lambda.functionUrls.map(({ qualifier }) => qualifier)).toEqual(['live', undefined]);
  for (const { url } of lambda.functionUrls) {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toBe('<p>first</p><p>second</p>');
  }
  expect(lambda.warnings).toEqual([
    'template.yaml:22: Url is there twice in the same map; the last one counts.',
    expect.stringMatching(/:13: .*\.ACCESS_KEY_ID is null, which CloudFormation refuses; it is empty here\.$/),
  ]);
});

test('several functions of one folder: one in Python, one behind a table, one in need of a layer', async () => {
  const lambda = await startTemplate(
    `Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs24.x, MemorySize: 128 }
Resources:
  Happy:
    Type: AWS::Serverless::Function
    Properties:
      Handler: src/happy.handler
      Environment: { Variables: { TABLE: !Ref Table } }
  Layered:
    Type: AWS::Serverless::Function
    Properties:
      Handler: src/happy.handler
      Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:Insights:38']
  Pythonic:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, Runtime: python3.14 }
  Table:
    Type: AWS::Serverless::SimpleTable`,
    { 'src/happy.mjs': 'export const handler = async () => process.env.TABLE ?? null;' },
  );
  expect(await (await lambda.invoke('Happy')).json()).toBe('Table');
  expect(await (await lambda.invoke('Layered')).json()).toBeNull();
  expect((await lambda.invoke('Pythonic')).status).toBe(404);
  expect(lambda.warnings).toEqual([
    'template.yaml:15: Pythonic is left out: its Runtime is python3.14, and only Node.js runs locally.',
    'template.yaml:14: Layered.Layers is left out: layers are not fetched, so what they hold is not there.',
  ]);
});

test('a streaming function behind a REST API that an OpenAPI file describes: says so, and streams when it is invoked', async () => {
  const lambda = await startTemplate(
    `Transform: AWS::Serverless-2016-10-31
Resources:
  StreamingApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: Prod
      DefinitionBody:
        Fn::Transform: { Name: AWS::Include, Parameters: { Location: openapi.yaml } }
  StreamingFunction:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src, Handler: index.handler, Runtime: nodejs24.x }
  Permission:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref StreamingFunction, Action: lambda:InvokeFunction, Principal: apigateway.amazonaws.com }`,
    { 'src/index.js': streams },
  );
  expect(lambda.warnings).toEqual([
    'template.yaml:3: StreamingApi (AWS::Serverless::Api) is left out: nothing sends its events here, but `invoke <function> -e <file>` does.',
  ]);
  expect(await (await lambda.invoke('StreamingFunction')).text()).toMatch(/\0{8}<p>first<\/p><p>second<\/p>$/);
});
