import { parseParameterOverrides, resolveParameters } from '../../../../../local/template/cloudformation/parameters';
import { parseTemplate } from '../../../../../local/template/cloudformation/yaml';

describe('parameter overrides', () => {
  test.each([
    ['Stage=prod', { Stage: 'prod' }],
    ['ParameterKey=Stage,ParameterValue=prod', { Stage: 'prod' }],
    ['Stage=prod Size=2', { Stage: 'prod', Size: '2' }],
    ['ParameterKey=Stage,ParameterValue=prod ParameterKey=Size,ParameterValue=2', { Stage: 'prod', Size: '2' }],
    ['Empty=', { Empty: '' }],
    ['Quoted="a b" Other=\'c d\'', { Quoted: 'a b', Other: 'c d' }],
    [String.raw`Escaped=a\ b`, { Escaped: 'a b' }],
    ['Url=https://example.com/?a=b&c=d', { Url: 'https://example.com/?a=b&c=d' }],
    ['List=a,b,c', { List: 'a,b,c' }],
  ])('%s', (argument, expected) => {
    expect(parseParameterOverrides(argument)).toEqual(expected);
  });

  test.each(['Stage', 'Stage=a b', '=a', 'Stage="a', 'Sta-ge=a', ''])(
    '"%s" is refused, not read in part',
    (argument) => {
      expect(() => parseParameterOverrides(argument)).toThrow(
        /Expected Key=Value or ParameterKey=Key,ParameterValue=Value/,
      );
    },
  );
});

describe('template parameters', () => {
  const declarations = parseTemplate(
    `Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
Size: { Type: Number, Default: 1.0, MinValue: 0, MaxValue: 10 }
Zones: { Type: CommaDelimitedList, Default: 'a, b' }
Secret: { Type: String }
Topic: { Type: String, Default: '', AllowedPattern: '^$|arn:.+', ConstraintDescription: an ARN or nothing }
Code: { Type: String, Default: abc, AllowedPattern: '[a-z]+', MinLength: 2, MaxLength: 4 }
Java: { Type: String, Default: any, AllowedPattern: '[a-z&&[^aeiou]]++' }
Hidden: { Type: String, Default: 'x1', NoEcho: true, MinLength: 2 }
Lists: { Type: CommaDelimitedList, Default: 'c,d', AllowedValues: [a, b, 'c,d'] }
Enabled: { Type: String, Default: yes, AllowedValues: [yes, no] }
Stored: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /app/zones }`,
    'template.yaml',
    (message) => {
      throw new Error(message);
    },
  );

  test('have their default, as written', () => {
    expect(resolveParameters(declarations, {}).get('Size')).toMatchObject({ kind: 'scalar', text: '1.0' });
  });

  test('have the value of the override', () => {
    expect(resolveParameters(declarations, { Stage: 'prod' }).get('Stage')).toMatchObject({ text: 'prod' });
  });

  test('are booleans where they are written as such', () => {
    expect(resolveParameters(declarations, {}).get('Enabled')).toMatchObject({ text: 'true' });
    expect(resolveParameters(declarations, { Enabled: 'false' }).get('Enabled')).toMatchObject({ text: 'false' });
  });

  test('of a list type are lists', () => {
    expect(resolveParameters(declarations, {}).get('Zones')).toMatchObject({ items: [{ text: 'a' }, { text: 'b' }] });
    // Whether the whole value is allowed, or each of its items.
    expect(resolveParameters(declarations, {}).get('Lists')).toMatchObject({ items: [{ text: 'c' }, { text: 'd' }] });
    expect(resolveParameters(declarations, { Lists: 'a,b' }).get('Lists')).toMatchObject({
      items: [{ text: 'a' }, { text: 'b' }],
    });
  });

  test('without a value stay unresolved', () => {
    const reason = 'has no Default; give it a value with --parameter-overrides Secret=...';
    expect(resolveParameters(declarations, {}).get('Secret')).toMatchObject({ kind: 'unresolved', reason });
  });

  test('that are kept in Parameter Store stay unresolved, unless an override says what is there', () => {
    const reason =
      'is read from Parameter Store when it is deployed; give it a value with --parameter-overrides Stored=...';
    expect(resolveParameters(declarations, {}).get('Stored')).toMatchObject({ text: '/app/zones', reason });
    expect(resolveParameters(declarations, { Stored: 'a,b' }).get('Stored')).toMatchObject({
      items: [{ text: 'a' }, { text: 'b' }],
    });
  });

  test.each([
    [{ Stage: 'test' }, 'template.yaml:1: Parameter Stage: expected one of dev, prod, received "test".'],
    [{ Size: '11' }, 'template.yaml:2: Parameter Size: expected a number of 10 or less, received "11".'],
    [{ Size: '-1' }, 'template.yaml:2: Parameter Size: expected a number of 0 or more, received "-1".'],
    [{ Size: 'big' }, 'template.yaml:2: Parameter Size: expected a number, received "big".'],
    [{ Topic: 'topic' }, 'template.yaml:5: Parameter Topic: expected an ARN or nothing, received "topic".'],
    [{ Code: 'a1' }, 'template.yaml:6: Parameter Code: expected a value that matches [a-z]+, received "a1".'],
    [{ Code: 'a' }, 'template.yaml:6: Parameter Code: expected at least 2 characters, received "a".'],
    [{ Code: 'abcde' }, 'template.yaml:6: Parameter Code: expected at most 4 characters, received "abcde".'],
    [
      { Hidden: 's' },
      'template.yaml:8: Parameter Hidden: expected at least 2 characters, received another value, not shown',
    ],
    [{ Lists: 'a,e' }, 'template.yaml:9: Parameter Lists: expected one of a, b, c,d, received "e".'],
    [{ Enabled: 'yes' }, 'template.yaml:10: Parameter Enabled: expected one of true, false, received "yes".'],
    [
      { Sage: 'dev' },
      'Parameter override Sage: expected a parameter of the template (Stage, Size, Zones, Secret, Topic, Code, Java, Hidden, Lists, Enabled, Stored).',
    ],
  ])('%j is refused', (overrides, message) => {
    expect(() => resolveParameters(declarations, overrides)).toThrow(message);
  });
});
