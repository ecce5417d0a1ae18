import path from 'node:path';
import { folderWith } from '../../../../helpers/folder-with';
import { readTemplateFile, type ReadTemplate } from '../../../../helpers/read-template';

const read = async (template: string, overrides = {}): Promise<ReadTemplate> => {
  const folder = await folderWith({ 'template.yaml': template });
  return await readTemplateFile(path.join(folder, 'template.yaml'), overrides);
};

const transform = 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]';
const hello = '{ Type: AWS::Serverless::Function, Properties: { Handler: app.handler, Runtime: nodejs24.x } }';

describe('Fn::ForEach', () => {
  test('makes a function of each item, its name in keys and values alike', async () => {
    const { functions, warnings } = await read(`${transform}
Parameters: { Names: { Type: CommaDelimitedList, Default: 'Orders,Users' } }
Conditions:
  Fn::ForEach::Wanted: [Name, !Ref Names, { 'Is\${Name}': !Equals [!Ref Name, Orders] }]
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          Handler: !Sub src/\${Name}.handler
          Runtime: nodejs24.x
          Timeout: !If [IsOrders, 5, 6]
          FunctionName: !Ref Name
          Environment: { Variables: { TABLE: !GetAtt '\${Name}Table.Arn' } }`);
    expect(warnings).toEqual([]);
    expect(functions).toMatchObject([
      {
        logicalId: 'OrdersFunction',
        name: 'Orders',
        handler: 'src/Orders.handler',
        environment: { TABLE: 'OrdersTable.Arn' },
      },
      { logicalId: 'UsersFunction', name: 'Users', handler: 'src/Users.handler', timeout: 5 },
    ]);
  });

  test('has one loop in another, and letters and digits alone where the key asks for them', async () => {
    const { functions } = await read(`${transform}
Resources:
  Fn::ForEach::Stages:
    - Stage
    - [dev, prod]
    - Fn::ForEach::Regions:
        - Region
        - [eu-north-1, eu-west-1]
        - Hello\${Stage}&{Region}: ${hello}`);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual([
      'Hellodeveunorth1',
      'Hellodeveuwest1',
      'Helloprodeunorth1',
      'Helloprodeuwest1',
    ]);
  });

  test('makes properties, at any depth', async () => {
    const { named } = await read(`${transform}
Mappings: { Sizes: { Hello: { Timeout: 9 } } }
Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: nodejs24.x
      Fn::ForEach::Sizes:
        - Key
        - [Timeout, MemorySize]
        - \${Key}: !FindInMap [Sizes, Hello, !Ref Key, { DefaultValue: !Ref AWS::NoValue }]
      Environment:
        Variables:
          Fn::ForEach::Tables: [Table, [ORDERS, USERS], { 'TABLE_\${Table}': !Sub '\${Table}-table' }]`);
    expect(named('Hello')).toMatchObject({
      timeout: 9,
      memorySize: 128,
      environment: { TABLE_ORDERS: 'ORDERS-table', TABLE_USERS: 'USERS-table' },
    });
  });

  test.each([
    ['[Name, [A, B]]', 'Fn::ForEach::Loop: expected a list of an identifier, a collection and a map.'],
    [
      `[Name, A, { '\${Name}': ${hello} }]`,
      'Fn::ForEach::Loop: expected a collection of strings that is known locally',
    ],
    [`[Name, !GetAtt Table.Names, { '\${Name}': ${hello} }]`, 'received !GetAtt Table.Names, which is known only once'],
    [`[Name, [A, B], { Same: ${hello} }]`, 'expected Fn::ForEach to give Same once, received it twice.'],
  ])('%s is refused', async (loop, message) => {
    await expect(read(`${transform}\nResources:\n  Fn::ForEach::Loop: ${loop}`)).rejects.toThrow(message);
  });
});

test.each([
  ['!Equals [{ Fn::Length: [a, b] }, 2]', 'template.yaml:2: Fn::Length'],
  ['!Equals [!ToJsonString { a: 1 }, a]', 'template.yaml:2: Fn::ToJsonString'],
  ['!Equals [!FindInMap [A, b, c, { DefaultValue: d }], d]', 'template.yaml:2: Fn::FindInMap'],
])('%s has a warning where the template does not ask for the language extensions', async (condition, place) => {
  const { warnings } = await read(`Transform: AWS::Serverless-2016-10-31
Conditions: { Some: ${condition} }
Resources: { Hello: ${hello} }`);
  expect(warnings).toEqual([
    expect.stringContaining(
      `${place}: CloudFormation knows it only in a template with Transform: AWS::LanguageExtensions.`,
    ),
  ]);
});
