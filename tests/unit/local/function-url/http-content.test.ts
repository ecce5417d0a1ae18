import { bufferedContent } from '../../../../local/function-url/http-content';

describe('what a handler returned', () => {
  test.each(['{"message":"Hello"}', '[1]', 'null', '1'])('is a JSON body when it is %s', (json) => {
    const { metadata, body } = bufferedContent(Buffer.from(json));
    expect(metadata).toEqual({ statusCode: 200, headers: { 'content-type': 'application/json' }, cookies: [] });
    expect(body.toString()).toBe(json);
  });

  test('is a body without quotes when it is text', () => {
    expect(bufferedContent(Buffer.from('"Hello"')).body.toString()).toBe('Hello');
  });

  test('is a body as it is when it is not JSON', () => {
    const bytes = Buffer.from('{"statusCode":201}\0\0\0\0\0\0\0\0Hello');
    expect(bufferedContent(bytes)).toMatchObject({ metadata: { statusCode: 200 }, body: bytes });
  });

  test.each([
    ['{"statusCode":200,"body":{"a":1}}', '{"a":1}'],
    ['{"statusCode":200,"body":null}', ''],
    ['{"statusCode":200}', ''],
    ['{"statusCode":200,"body":"YQ==","isBase64Encoded":true}', 'a'],
  ])('has the body that %s says', (json, body) => {
    expect(bufferedContent(Buffer.from(json)).body.toString()).toBe(body);
  });
});
