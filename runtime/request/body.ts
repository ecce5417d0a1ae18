import { parse } from 'node:querystring';
import { BadRequestError, UnsupportedMediaTypeError } from '../errors';

const json = /^application\/(?:json|[\w.-]+\+json)$/;
const form = 'application/x-www-form-urlencoded';

/** The Input that a body holds, as JSON or as form fields. Throws a RequestError that says what was expected. */
export function decodeBody(body: string, contentType: string | undefined): unknown {
  // PowerShell and some editors begin with a byte order mark, which RFC 8259 lets a reader ignore.
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;
  if (contentType === 'application/json') return parseJson(text);

  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === undefined || json.test(mediaType)) return parseJson(text);
  // `curl -d '{"message":"Hello"}'` says it is a form, and is not.
  if (mediaType === form) return looksLikeJson(text) ? parseJson(text) : decodeQuery(text);
  // `fetch` says this of every string.
  if (mediaType === 'text/plain' && (looksLikeJson(text) || isJson(text))) return parseJson(text);

  throw new UnsupportedMediaTypeError(`Expected content-type application/json or ${form}, received ${mediaType}`);
}

/**
 * `a=1&b=2&b=3` as `{ a: '1', b: ['2', '3'] }`; a key such as `__proto__` is a key like any other. Not by URLSearchParams:
 * that of Node.js 24 takes minutes for a form of 6 MB whose fields have no `=`.
 */
export function decodeQuery(query: string): unknown {
  return { ...parse(query, '&', '=', { maxKeys: 0 }) };
}

/** Lambda encodes all but JSON and text, so forms as well. Throws a BadRequestError when it is not UTF-8. */
export function decodeBase64(body: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'));
  } catch (cause) {
    throw new BadRequestError('Expected a body in UTF-8', { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (text.trim() === '') throw new BadRequestError('Expected a JSON body, received none');
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BadRequestError('Expected a JSON body', { cause, issues: [{ path: '', message }] });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function looksLikeJson(text: string): boolean {
  return /^\s*["[{]/.test(text);
}
