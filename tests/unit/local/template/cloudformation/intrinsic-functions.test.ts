import { variableOf } from '../../../../helpers/template-variables';

const sections = `Transform: AWS::LanguageExtensions
Parameters:
  Stage: { Type: String, Default: dev }
  Zones: { Type: CommaDelimitedList, Default: 'a,b,c' }
  Size: { Type: Number, Default: 3 }
  Unknown: { Type: String }
  Named: { Type: String, Default: Stage }
Mappings:
  Sizes: { dev: { Memory: 256, List: [1, two], Nothing: null }, 'yes': { 'on': quoted } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [Condition: IsDev]
  IsThree: !Equals [{ Fn::Length: !Ref Zones }, 3]
  Circular: !Or [!Condition AlsoCircular, !Condition IsProd]
  AlsoCircular: !Not [!Condition Circular]`;

test.each([
  ['!Ref Stage', 'dev'],
  ['{ Ref: Stage }', 'dev'],
  ['!Sub "${Stage}-${AWS::Region}-${!Literal}"', 'dev-eu-north-1-${Literal}'],
  ['!Sub ["${A}-${Stage}", { A: !Ref Size }]', '3-dev'],
  ['!Join ["-", !Ref Zones]', 'a-b-c'],
  ['!Join ["-", [a, !Ref AWS::NoValue, b]]', 'a-b'],
  ['!Select [1, !Ref Zones]', 'b'],
  ['!Select [1, !Split ["/", a/b/c]]', 'b'],
  ['!FindInMap [Sizes, !Ref Stage, Memory]', '256'],
  ['!Base64 hello', 'aGVsbG8='],
  ['!If [IsDev, one, two]', 'one'],
  ['!If [IsProd, one, two]', 'two'],
  ['!If [IsThree, three, other]', 'three'],
  ['!Ref AWS::NoValue', undefined],
])('%s is %s', async (value, expected) => {
  expect(await variableOf(value, sections)).toBe(expected);
});

describe('language extensions', () => {
  test.each([
    ['!Length [a, b]', '2'],
    ['{ Fn::Length: !Ref Zones }', '3'],
    ['{ Fn::Length: !Split [",", "a,b"] }', '2'],
    ['!FindInMap [Sizes, prod, Memory, { DefaultValue: 512 }]', '512'],
    ['!FindInMap [NoMap, dev, Memory, { DefaultValue: !Ref Size }]', '3'],
    ['!FindInMap [Sizes, dev, Memory, { DefaultValue: 512 }]', '256'],
    ['!FindInMap [Sizes, dev, Nothing, { DefaultValue: something }]', 'something'],
    ['!FindInMap [Sizes, prod, Memory, { DefaultValue: !Ref AWS::NoValue }]', undefined],
    ['!FindInMap [!Select [0, [Sizes]], !Ref Stage, !Join ["", [Mem, ory]], { DefaultValue: none }]', '256'],
    ['{ Ref: { Ref: Named } }', 'dev'],
    ['{ Ref: !If [IsProd, Stage, !Ref AWS::NoValue] }', undefined],
    ['!ToJsonString { text: "1", number: 1, yes: yes, none: !Ref AWS::NoValue }', '{"text":"1","number":1,"yes":true}'],
    ['!ToJsonString [!Ref Stage, !Ref Size, !Ref Zones, "a\\"b"]', '["dev",3,["a","b","c"],"a\\"b"]'],
    ['!ToJsonString { inner: { Fn::ToJsonString: { a: 1 } } }', '{"inner":"{\\"a\\":1}"}'],
    ['!ToJsonString { list: !FindInMap [Sizes, dev, List] }', '{"list":[1,"two"]}'],
    ['!ToJsonString { Table: !GetAtt Table.Arn }', '{"Table":"Table.Arn"}'],
  ])('%s is %s', async (value, expected) => {
    expect(await variableOf(value, sections)).toBe(expected);
  });
});

describe('what only a deployment knows has a name that stands in for it', () => {
  test.each([
    ['!Ref Table', 'Table'],
    ['!GetAtt Table.Arn', 'Table.Arn'],
    ['!GetAtt [Table, Arn]', 'Table.Arn'],
    ['!Sub "${Table.Arn}/index/*"', 'Table.Arn/index/*'],
    [
      '!Sub "https://${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com/Prod"',
      'https://ServerlessRestApi.execute-api.eu-north-1.amazonaws.com/Prod',
    ],
    ['!ImportValue network-vpc', 'network-vpc'],
    ['!Ref Unknown', 'Unknown'],
    ['!Join ["/", [!Ref Table, !Ref Stage]]', 'Table/dev'],
  ])('%s: %s', async (value, expected) => {
    expect(await variableOf(value, sections)).toBe(expected);
  });
});

test.each(['Circular', 'AlsoCircular'])(
  'the condition %s, which refers to itself, is unknown and does not hang',
  async (name) => {
    expect(await variableOf(`!If [${name}, one, two]`, sections)).toMatch(/^!Condition /);
  },
);
