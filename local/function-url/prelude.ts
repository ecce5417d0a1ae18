/** Status, headers and cookies of an HTTP response, as a handler gives them. */
export interface ResponseMetadata {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

export const preludeContentType = 'application/vnd.awslambda.http-integration-response';

/** What a prelude may be long; it is held in memory until it is complete. */
const MAX_PRELUDE_BYTES = 1_048_576;

const delimiter = Buffer.alloc(8);

/** Reads the metadata as soon as they are complete; `rest` is what came with them of the body. */
export async function readPrelude(
  chunks: AsyncIterator<Buffer>,
): Promise<{ metadata: ResponseMetadata; rest: Buffer }> {
  let head = Buffer.alloc(0);
  while (head.length <= MAX_PRELUDE_BYTES) {
    const next = await chunks.next();
    if (next.done) throw new Error(`Expected a prelude and 8 NUL bytes, received ${head.length} bytes without them`);
    head = Buffer.concat([head, next.value]);
    const end = head.indexOf(delimiter);
    if (end >= 0) {
      const metadata = parseMetadata(parseJson(head.toString('utf8', 0, end)));
      return { metadata, rest: head.subarray(end + delimiter.length) };
    }
  }
  throw new Error(`Expected a prelude of at most ${MAX_PRELUDE_BYTES} bytes, received ${head.length}`);
}

/** As AWS does, takes what is missing for granted, and refuses what cannot be sent. */
export function parseMetadata(prelude: unknown): ResponseMetadata {
  if (typeof prelude !== 'object' || prelude === null || Array.isArray(prelude)) {
    throw new TypeError(`Expected response metadata as a JSON object, received ${JSON.stringify(prelude)}`);
  }
  return {
    statusCode: 'statusCode' in prelude ? parseStatusCode(prelude.statusCode) : 200,
    headers: 'headers' in prelude ? parseHeaders(prelude.headers) : {},
    cookies: 'cookies' in prelude && Array.isArray(prelude.cookies) ? prelude.cookies.map(String) : [],
  };
}

/** The error of JSON.parse would quote what it could not read, which belongs into no log. */
function parseJson(prelude: string): unknown {
  try {
    return JSON.parse(prelude);
  } catch {
    throw new SyntaxError(`Expected a prelude in JSON, received ${prelude.length} characters of something else`);
  }
}

function parseStatusCode(value: unknown): number {
  const statusCode = Number(value);
  if (Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599) return statusCode;
  throw new RangeError(`Expected statusCode from 200 to 599, received ${JSON.stringify(value)}`);
}

/** In lower case; a value that is not text is made so. */
function parseHeaders(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  const headers = Object.entries(value).map(([name, content]): [string, string] => [
    name.toLowerCase(),
    Array.isArray(content) ? content.map(String).join(',') : String(content),
  ]);
  return Object.fromEntries(headers);
}
