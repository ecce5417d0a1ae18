import { validateHeaderName, validateHeaderValue } from 'node:http';
import { InvalidResponseError } from '../errors';
import type { ResponseMetadata } from './response-metadata';

/** What Lambda reads before the body: the status line, headers and cookies of the HTTP response, as it goes over the wire. */
export interface ResponsePrelude {
  readonly statusCode: number;
  /** With the 8 NUL bytes that end it (AWS: "Invoking a response streaming enabled function using Lambda function URLs"). */
  readonly encoded: string;
}

/**
 * Throws an InvalidResponseError that names the status, header or cookie that is not HTTP. It never quotes a value.
 * Nearly every response has the metadata of the first line, which needs no look.
 */
export function jsonPrelude(metadata: ResponseMetadata | undefined): ResponsePrelude {
  return metadata === undefined ? plainJson : responsePrelude(metadata, 'application/json');
}

/** `contentType` is that of a body whose metadata names none. Throws as `jsonPrelude` does. */
export function responsePrelude(metadata: ResponseMetadata, contentType?: string): ResponsePrelude {
  const { statusCode = 200, headers = {}, cookies } = metadata;
  assertStatus(statusCode);
  return encode(
    statusCode,
    {
      ...(contentType === undefined || isBodyless(statusCode) ? {} : { 'content-type': contentType }),
      ...lowerCased(headers),
    },
    cookies === undefined ? undefined : checkedCookies(cookies),
  );
}

function encode(statusCode: number, headers: Readonly<Record<string, string>>, cookies?: readonly string[]) {
  return { statusCode, encoded: JSON.stringify({ statusCode, headers, cookies }) + delimiter };
}

const delimiter = '\0'.repeat(8);
const plainJson = encode(200, { 'content-type': 'application/json' });

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
  return cookies.map((cookie, index) => {
    assertHeader('set-cookie', cookie, `cookies[${index}]`);
    return cookie;
  });
}

function assertHeader(name: string, value: string, what = `header "${name}"`): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new InvalidResponseError(`Expected ${what} to have only characters that HTTP allows`, { cause });
  }
}
