import { BadRequestError, type Issue, typeName } from '../../../runtime/errors';

test('a RequestError keeps 20 issues and counts the others', () => {
  const issues = new Array<Issue>(30).fill({ path: 'a', message: 'no' });
  expect(new BadRequestError('no', { issues, moreIssues: 70 })).toMatchObject({ moreIssues: 80 });
  expect(new BadRequestError('no', { issues }).issues).toEqual(issues.slice(0, 20));
});

test('a RequestError cuts what is long in an issue', () => {
  const [issue] = new BadRequestError('no', { issues: [{ path: 'p'.repeat(200), message: 'm'.repeat(600) }] }).issues;
  expect(issue).toEqual({ path: `${'p'.repeat(100)}...`, message: `${'m'.repeat(500)}...` });
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
