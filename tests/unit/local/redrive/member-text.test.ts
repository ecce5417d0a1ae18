import * as fc from 'fast-check';
import { memberText } from '../../../../local/redrive/member-text';

test.each([
  ['{"a":1}', '1'],
  ['{ "b" : "a" , "a" :\n 12345678901234567890 }', '12345678901234567890'],
  ['{"b":{"a":0,"c":["a",{"a":2}]},"a":{"a":[1, 2]},"c":3}', '{"a":[1, 2]}'],
  [String.raw`{"b":"\\","x\"":",\"a\":0","a":"\\\"}"}`, String.raw`"\\\"}"`],
  [String.raw`{"\u0061":1.50e3}`, '1.50e3'],
  ['{"a":null,"b":"a"}', 'null'],
  ['{"b":{"a":1}}', undefined],
  ['{}', undefined],
  [String.raw`{"a":1,"b":{"a":2},"\u0061":3,"c":4}`, '3'],
])('of %s it is %s', (json, text) => {
  expect(memberText(json, 'a')).toBe(text);
});

test('of any object it is the JSON of the last such member, wherever that stands', () => {
  const before = fc.array(fc.tuple(fc.oneof(fc.string(), fc.constant('wanted')), fc.jsonValue()));
  const after = before.map((members) => members.filter(([key]) => key !== 'wanted'));
  fc.assert(
    fc.property(before, fc.jsonValue(), after, fc.nat(3), (first, wanted, last, space) => {
      const members = [...first, ['wanted', wanted] as const, ...last].map(
        ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value, undefined, space)}`,
      );
      expect(memberText(`{${members.join(',\n')}}`, 'wanted')).toBe(JSON.stringify(wanted, undefined, space));
    }),
  );
});
