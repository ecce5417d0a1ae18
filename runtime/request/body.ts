import { BadRequestError, UnsupportedMediaTypeError } from '../errors';

const json = /^application\/(?:json|[\w.-]+\+json)$/;
const form = 'application/x-www-form-urlencoded';

/** The Input that a body holds, as JSON or as form fields. Throws a RequestError that says what was expected. */
export function decodeBody(body: string, contentType: string | undefined): unknown {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase();
  // PowerShell and some editors begin with a byte order mark, which RFC 8259 lets a reader ignore.
  const text = body.startsWith('\uFEFF') ? body.slice(1) : body;

  if (mediaType === undefined || json.test(mediaType)) return parseJson(text);
  // `curl -d '{"message":"Hello"}'` says it is a form, and is not.
  if (mediaType === form) return looksLikeJson(text) ? parseJson(text) : decodeQuery(text);
  // `fetch` says this of every string.
  if (mediaType === 'text/plain' && (looksLikeJson(text) || isJson(text))) return parseJson(text);

  throw new UnsupportedMediaTypeError(`Expected content-type application/json or ${form}, received ${mediaType}`);
}

/** `a=1&b=2&b=3` as `{ a: '1', b: ['2', '3'] }`; a key such as `__proto__` is a key like any other. */
export function decodeQuery(query: string): unknown {
  // In one pass: `getAll` for each key takes minutes for the keys that a form of 6 MB has room for.
  const fields = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(query)) {
    const earlier = fields.get(key);
    if (earlier === undefined) fields.set(key, value);
    else if (typeof earlier === 'string') fields.set(key, [earlier, value]);
    else earlier.push(value);
  }
  return Object.fromEntries(fields);
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
  if (text.trim() === '') throw new BadRequestError('Expected a JSON body, received none');
  try {
    return JSON.parse(text);
  } catch (cause) {
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
