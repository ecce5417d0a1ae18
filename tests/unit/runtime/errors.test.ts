import { BadRequestError, type Issue, typeName } from '../../../runtime/errors';

test('a RequestError keeps 20 issues and counts the others', () => {
  const issues = new Array<Issue>(30).fill({ path: 'a', message: 'no' });
  expect(new BadRequestError('no', { issues, moreIssues: 70 })).toMatchObject({ moreIssues: 80 });
  expect(new BadRequestError('no', { issues }).issues).toEqual(issues.slice(0, 20));
});

test('a RequestError cuts what is long in an issue', () => {
  const issue = { path: 'p'.repeat(1_000_000), message: 'm'.repeat(1_000_000) };
  const [cut] = new BadRequestError('no', { issues: [issue] }).issues;
  expect(cut?.path).toMatch(/^p{100,200}\.\.\. \(\d+ more characters\)$/);
  expect(cut?.message).toMatch(/^m{900,1000}\.\.\. \(\d+ more characters\)$/);
});

test('nothing but name and status of a RequestError is enumerable, so nothing else is logged', () => {
  const error = new BadRequestError('no', { issues: [{ path: 'a', message: 'secret' }], headers: { a: 'secret' } });
  expect(Object.fromEntries(Object.entries(error))).toEqual({ name: 'BadRequestError', statusCode: 400 });
});

test.each<[unknown, string]>([
  [null, 'null'],
  [[], 'array'],
  [{}, 'object'],
  [undefined, 'undefined'],
  [1n, 'bigint'],
])('typeName(%p) is %s', (value, name) => {
  expect(typeName(value)).toBe(name);
});
