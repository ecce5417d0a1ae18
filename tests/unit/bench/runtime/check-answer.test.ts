import { checkAnswer, readAnswer } from '../../../../bench/runtime/check-answer';

const prelude = '{"statusCode":200,"headers":{"Content-Type":"application/json; charset=UTF-8"}}';

describe('checkAnswer', () => {
  it('accepts the answer that every contender must give', () => {
    expect(() => {
      checkAnswer(response(prelude, '{"echoedMessage":"Hello"}'), 'Hello');
    }).not.toThrow();
  });

  it.each([
    ['another message', prelude, '{"echoedMessage":"Hello 1"}'],
    ['another status', prelude.replace('200', '500'), '{"echoedMessage":"Hello"}'],
    ['another content type', prelude.replace('json', 'xml'), '{"echoedMessage":"Hello"}'],
    ['no body', prelude, ''],
  ])('refuses %s, and says what it expected', (_, head, body) => {
    expect(() => {
      checkAnswer(response(head, body), 'Hello');
    }).toThrow('Expected 200 application/json {"echoedMessage":"Hello"}, received');
  });
});

describe('readAnswer', () => {
  it('refuses a response without a metadata prelude', () => {
    expect(() => readAnswer(Buffer.from('{"echoedMessage":"Hello"}'))).toThrow('Expected a metadata prelude');
  });
});

function response(head: string, body: string): Buffer {
  return Buffer.concat([Buffer.from(head), Buffer.alloc(8), Buffer.from(body)]);
}
