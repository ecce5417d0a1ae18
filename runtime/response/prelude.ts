import { validateHeaderName, validateHeaderValue } from 'node:http';
import { InvalidResponseError } from '../errors';
import type { ResponseMetadata } from '../adapters/background-processing-handler';

/** What Lambda reads before the 8 NUL bytes: the status line, headers and cookies of the HTTP response. */
export interface ResponsePrelude {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

/**
 * Throws an InvalidResponseError that names the status, header or cookie that is not HTTP. It never quotes a value.
 * Nearly every response has the metadata of the first line, which needs no look.
 */
export function responsePrelude(metadata: ResponseMetadata | undefined): ResponsePrelude {
  if (metadata === undefined) return plain;
  const { statusCode = 200, headers = {}, cookies } = metadata;
  assertStatus(statusCode);
  return {
    statusCode,
    headers: { ...(isBodyless(statusCode) ? {} : { 'content-type': 'application/json' }), ...lowerCased(headers) },
    ...(cookies === undefined ? {} : { cookies: checkedCookies(cookies) }),
  };
}

const plain: ResponsePrelude = { statusCode: 200, headers: { 'content-type': 'application/json' } };

/** As it goes over the wire (AWS: "Invoking a response streaming enabled function using Lambda function URLs"). */
export function encodePrelude(prelude: ResponsePrelude): string {
  return (prelude === plain ? plainJson : JSON.stringify(prelude)) + delimiter;
}

const plainJson = JSON.stringify(plain);
const delimiter = '\0'.repeat(8);

export const preludeContentType = 'application/vnd.awslambda.http-integration-response';

export function isBodyless(statusCode: number): boolean {
  return statusCode === 204 || statusCode === 304;
}

function assertStatus(statusCode: number): void {
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw new InvalidResponseError(`Expected a status code from 200 to 599, received ${statusCode}`);
  }
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checked = new Map<string, string>();
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    if (checked.has(key)) {
      throw new InvalidResponseError(`Expected each header once, received "${key}" twice in different case`);
    }
    assertHeader(key, value);
    checked.set(key, value);
  }
  return Object.fromEntries(checked);
}

function checkedCookies(cookies: readonly string[]): readonly string[] {
  cookies.forEach((cookie, index) => {
    assertHeader('set-cookie', cookie, `cookies[${index}]`);
  });
  return cookies;
}

function assertHeader(name: string, value: string, what = `header "${name}"`): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new InvalidResponseError(`Expected ${what} to have only characters that HTTP allows`, { cause });
  }
}
