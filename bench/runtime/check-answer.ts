/** What an HTTP caller gets. */
export interface Answer {
  readonly statusCode: number;
  readonly contentType: string;
  readonly body: string;
}

/** Reads what a streaming handler wrote: a prelude in JSON, 8 NUL bytes, the body. */
export function readAnswer(response: Buffer): Answer {
  const end = response.indexOf(delimiter);
  if (end < 0) throw new Error(`Expected a metadata prelude, received ${response.toString()}`);
  const prelude: unknown = JSON.parse(response.toString('utf8', 0, end));
  const body = response.toString('utf8', end + delimiter.length);
  return { statusCode: readStatus(prelude), contentType: readContentType(prelude), body };
}

/** Throws unless the answer is the one that every contender must give to `message`. */
export function checkAnswer(response: Buffer, message: string): void {
  const { statusCode, contentType, body } = readAnswer(response);
  const expectedBody = JSON.stringify({ echoedMessage: message });
  if (statusCode !== 200 || contentType !== 'application/json' || body !== expectedBody) {
    throw new Error(
      `Expected 200 application/json ${expectedBody}, received ${statusCode} ${contentType} ${body || 'nothing'}`,
    );
  }
}

/** The bytes after the prelude. */
export function bodyIn(response: Buffer): Buffer {
  const end = response.indexOf(delimiter);
  if (end < 0) throw new Error('Expected a metadata prelude, received none');
  return response.subarray(end + delimiter.length);
}

const delimiter = Buffer.alloc(8);

function readStatus(prelude: unknown): number {
  return isObject(prelude) && typeof prelude['statusCode'] === 'number' ? prelude['statusCode'] : Number.NaN;
}

function readContentType(prelude: unknown): string {
  const headers = isObject(prelude) && isObject(prelude['headers']) ? prelude['headers'] : {};
  const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  return String(value).split(';', 1)[0] ?? '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
