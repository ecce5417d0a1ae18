import type { StandardSchemaV1 } from '@standard-schema/spec';
import { array, object, pipe, string, transform } from 'valibot';
import { BadRequestError } from '../../../../runtime';
import { assertSchema, eventIn, isPending, validate } from '../../../../runtime/adapters/validate';

const Input = object({ items: array(string()) });

function result(input: unknown, large = false, schema: StandardSchemaV1 = Input): StandardSchemaV1.Result<unknown> {
  const validation = validate(schema, input, { large });
  if (isPending(validation)) throw new Error('Expected a schema that waits for nothing');
  return validation;
}

function refusal(input: unknown, large?: boolean): BadRequestError {
  try {
    eventIn(result(input, large), () => 'It does not fit');
  } catch (error) {
    if (error instanceof BadRequestError) return error;
  }
  throw new Error('Expected a BadRequestError');
}

test('gives what the schema gives, which may differ from what came', () => {
  const schema = pipe(string(), transform(Number));
  expect([false, true].map((large) => eventIn(result('42', large, schema), () => ''))).toEqual([42, 42]);
});

describe('an input with 1,000 issues', () => {
  const items = new Array<number>(1_000).fill(1);

  test('tells of the first 20, and how many more there are', () => {
    const { issues, moreIssues, message } = refusal({ items });
    expect(issues).toHaveLength(20);
    expect(issues[19]?.path).toBe('items.19');
    expect(moreIssues).toBe(980);
    const paths = items.slice(0, 10).map((_, index) => `items.${index}`);
    expect(message).toBe(`It does not fit at: ${paths.join(', ')}, and 990 more`);
  });

  test('tells of the first one, where the input is large', () => {
    const { issues, moreIssues, message } = refusal({ items }, true);
    expect(issues).toMatchObject([{ path: 'items.0' }]);
    expect(moreIssues).toBe(0);
    expect(message).toBe('It does not fit at: items.0');
  });
});

test('names the event itself where the path is empty', () => {
  expect(refusal(5).message).toBe('It does not fit at: the event itself');
});

test('a key as long as the event is cut in the message', () => {
  const path = ['x'.repeat(1_000_000)];
  const failed = { issues: [{ path, message: 'no' }] };
  expect(() => eventIn(failed, () => 'It')).toThrow(/^It at: x{100,150}\.\.\. \(\d+ more characters\)$/);
});

test.each([Promise.resolve({ value: 1 }), { then: () => undefined }])('a schema may give any thenable', (thenable) => {
  const schema = object({});
  Object.assign(schema['~standard'], { validate: () => thenable });
  expect(isPending(validate(schema, 1, { large: false }))).toBe(true);
});

test.each([[{}], [undefined], [null], [5], [{ issues: null }], [{ issues: 'no' }]])(
  '%j is no result of a schema',
  (given) => {
    expect(() => {
      Reflect.apply(eventIn, undefined, [given, () => '']);
    }).toThrow('Expected a schema that gives a value or an array of issues, received');
  },
);

test.each([{ value: undefined }, { value: undefined, issues: undefined }])(
  '%p is an event that is undefined',
  (given) => {
    const event: unknown = eventIn<unknown>(given, () => '');
    expect(event).toBeUndefined();
  },
);

test.each([undefined, null, {}, { parse: () => 1 }, { '~standard': {} }, 'schema'])('%p is no schema', (schema) => {
  const load = () => {
    Reflect.apply(assertSchema, undefined, [schema]);
  };
  expect(load).toThrow(TypeError);
  expect(load).toThrow('Expected a schema with ~standard.validate');
});
