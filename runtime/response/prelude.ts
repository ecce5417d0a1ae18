import { InvalidResponseError, typeName } from '../errors';
import { checkCookies, checkHeaders } from './headers';
import type { ResponseMetadata } from './response-metadata';

/** What Lambda reads before the body: the status line, headers and cookies of the HTTP response. */
export interface ResponsePrelude {
  readonly statusCode: number;
  /**
   * As it goes over the wire, with the 8 NUL bytes that end it (AWS: "Invoking a response streaming enabled function
   * using Lambda function URLs"). Encoded before anything is sent: what cannot be encoded is an error of whoever sends.
   */
  readonly encoded: string;
}

/**
 * Throws an InvalidResponseError that names the status, header or cookie that is not HTTP. It never quotes a value.
 * Nearly every response has no metadata of its own: that prelude has been encoded once for all.
 */
export function jsonPrelude(metadata: ResponseMetadata | undefined): ResponsePrelude {
  return metadata === undefined ? plainJson : responsePrelude(metadata, 'application/json');
}

/** `contentType` is that of a body whose metadata names none. Throws as `jsonPrelude` does. */
export function responsePrelude(metadata: ResponseMetadata, contentType?: string): ResponsePrelude {
  assertObject(metadata);
  const { statusCode = 200, headers = {}, cookies } = metadata;
  assertStatus(statusCode);
  const checked = checkHeaders(headers);
  const untyped = contentType === undefined || isBodyless(statusCode);
  return encode(
    statusCode,
    untyped ? checked.headers : { 'content-type': contentType, ...checked.headers },
    cookies === undefined ? checked.cookies : [...checked.cookies, ...checkCookies(cookies)],
  );
}

function encode(statusCode: number, headers: Readonly<Record<string, string>>, cookies: readonly string[] = []) {
  const prelude = cookies.length > 0 ? { statusCode, headers, cookies } : { statusCode, headers };
  return { statusCode, encoded: JSON.stringify(prelude) + delimiter };
}

const delimiter = '\0'.repeat(8);
const plainJson = encode(200, { 'content-type': 'application/json' });

export const preludeContentType = 'application/vnd.awslambda.http-integration-response';

export function isBodyless(statusCode: number): boolean {
  return statusCode === 204 || statusCode === 304;
}

function assertObject(metadata: unknown): void {
  if (typeof metadata !== 'object' || metadata === null) {
    throw new InvalidResponseError(`Expected status, headers and cookies in an object, received ${typeName(metadata)}`);
  }
}

function assertStatus(statusCode: unknown): void {
  if (typeof statusCode !== 'number') {
    throw new InvalidResponseError(`Expected a status code that is a number, received ${typeName(statusCode)}`);
  }
  if (!Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw new InvalidResponseError(`Expected a status code from 200 to 599, received ${statusCode}`);
  }
}
