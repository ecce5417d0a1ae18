import { urlRequest } from '../../../../../local/page/server/url-request';

const event = {
  version: '2.0',
  requestContext: { http: { method: 'GET' } },
  rawPath: '/',
  rawQueryString: '',
  headers: {},
};
const requestOf = (changed: object) => urlRequest(JSON.stringify({ ...event, ...changed }));

test('path and query stay as they were sent', () => {
  const { target } = requestOf({ rawPath: '//a/../b/./%7e//c', rawQueryString: 'q=%20+&q[0]=' });
  expect(target).toBe('//a/../b/./%7e//c?q=%20+&q[0]=');
  expect(requestOf({ rawPath: '' }).target).toBe('/');
});

test.each([
  [{ rawPath: 'a' }, 'received a'],
  [{ rawPath: '/a b' }, 'received /a b'],
  [{ rawPath: '/\u20ac' }, 'received /\u20ac'],
  [{ rawQueryString: 'a\r\nb' }, 'percent-encoded'],
])('what is no path and query is refused: %j', (changed, reason) => {
  expect(() => requestOf(changed)).toThrow(reason);
});

test('cookies become a header where there is none', () => {
  const cookies = ['a=1', 'b=2'];
  expect(requestOf({ cookies }).headers).toEqual({ cookie: 'a=1; b=2' });
  expect(requestOf({ cookies, headers: { Cookie: 'a=3' } }).headers).toEqual({ Cookie: 'a=3' });
});

test('headers of the connection are left to the connection of this request', () => {
  const headers = {
    host: 'abc.lambda-url.eu-west-1.on.aws',
    'X-Forwarded-For': '1.2.3.4',
    trailer: 'x',
    accept: '*/*',
  };
  expect(requestOf({ headers }).headers).toEqual({ accept: '*/*' });
});

test('a text that is no event is the body of a POST', () => {
  const headers = { 'content-type': 'application/json' };
  expect(urlRequest('{}')).toEqual({ method: 'POST', target: '/', headers, body: Buffer.from('{}') });
});
