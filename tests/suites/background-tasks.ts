import { allDebugLines } from '../helpers/debug-lines';
import { recordsIn } from '../helpers/function-records';
import { reportedIn } from '../targets/reports';
import type { Target, UrlRequest } from '../targets/target';

const input = { message: 'Hello Background Tasks' };
const greeting = '{"echoedMessage":"Hello Background Tasks"}';

const json = { 'content-type': 'application/json' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post: UrlRequest = { method: 'POST', headers: json, body: JSON.stringify(input) };

const callers: [string, (target: Target) => Promise<{ requestId: string; body: string }>][] = [
  ['a request to the Function URL', (target) => target.request(post)],
  ['a direct invocation', (target) => target.invoke(input)],
];

/** Declares the tests that hold wherever the function runs. On AWS they set off no alarm. */
export function testBackgroundTasks(connect: () => Promise<Target>): void {
  let target: Target;

  beforeAll(async () => {
    target = await connect();
    sayWhatCannotBeSeen(target);
    // What a cold start and a first connection take is not the function's doing.
    await target.request({ ...post, body: '{}' });
  });

  describe.each(callers)('%s', (_, call) => {
    let body: string;
    let milliseconds: number;
    let requestId: string;
    let lines: readonly string[];

    beforeAll(async () => {
      const calledAt = performance.now();
      ({ body, requestId } = await call(target));
      milliseconds = performance.now() - calledAt;
      // Another answer may come from elsewhere, and leave no report to wait for.
      lines = body === greeting ? await target.reportedLines(requestId) : [];
    });

    test('is answered with the greeting', () => {
      expect(body).toBe(greeting);
    });

    test('is answered before the background work has ended', () => {
      const background = Number(reportedIn(lines)[0]?.backgroundMs);
      expect(background).toBeGreaterThan(target.backgroundSeconds * 900);
      // Each by a clock of its own, which need not agree: had the answer been held back until the end, it would have
      // taken longer than the background work alone, over any network.
      if (target.backgroundSeconds > 0) expect(milliseconds).toBeLessThan(background);
    });

    test('leaves the debug lines in order', () => {
      const records = recordsIn(lines).filter((record) => record.function_request_id === requestId);
      const messages = records.filter(({ level }) => level === 'DEBUG').map(({ message }) => message);
      expect(messages).toEqual(shows(target, 'DEBUG') ? allDebugLines : []);
    });

    test('leaves one report, of success', () => {
      const handler = shows(target, 'INFO') ? { handler: 'completed' } : {};
      const success = { responseMs: anyNumber, backgroundMs: anyNumber, failures: 0, ...handler };
      expect(reportedIn(lines)).toEqual([expect.objectContaining(success)]);
    });
  });

  test('the Function URL answers with JSON', async () => {
    const { status, headers, body } = await target.request(post);
    expect({ status, body }).toEqual({ status: 200, body: greeting });
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('the Function URL takes the message from the query string as well', async () => {
    const { status, body } = await target.request({ method: 'GET', query: { message: 'Hello & Grüße' } });
    expect({ status, body }).toEqual({ status: 200, body: '{"echoedMessage":"Hello & Grüße"}' });
  });

  test('the Function URL takes what plain `curl -d` sends', async () => {
    const { status, body } = await target.request({ ...post, headers: form });
    expect({ status, body }).toEqual({ status: 200, body: greeting });
  });

  test('a message that is missing is a 400 that says so', async () => {
    const { status, body } = await target.request({ ...post, body: '{"massage":"Hello"}' });
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ issues: [{ path: 'message' }] });
  });

  test('another method is a 405 that names those allowed', async () => {
    const { status, headers } = await target.request({ ...post, method: 'DELETE' });
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD, POST');
  });
}

const anyNumber: unknown = expect.any(Number);

const levels = ['TRACE', 'DEBUG', 'INFO'];

/** Whether the target logs records of this level. */
const shows = ({ logLevel }: Target, level: 'DEBUG' | 'INFO'): boolean =>
  levels.slice(0, levels.indexOf(level) + 1).includes(logLevel);

function sayWhatCannotBeSeen(target: Target): void {
  const { backgroundSeconds, logLevel } = target;
  const level = `the function logs from ${logLevel} on (template parameter LogLevel)`;
  if (!shows(target, 'INFO')) process.stderr.write(`NOT TESTED  the report, but its metrics: ${level}\n`);
  if (!shows(target, 'DEBUG')) process.stderr.write(`NOT TESTED  the debug lines: ${level}\n`);
  if (backgroundSeconds === 0) {
    process.stderr.write(
      'NOT TESTED  that the answer comes first: there is no background work, BACKGROUND_SECONDS is 0\n',
    );
  }
}
