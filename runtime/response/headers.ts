import { validateHeaderName, validateHeaderValue } from 'node:http';
import { InvalidResponseError, typeName } from '../errors';

export interface CheckedHeaders {
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
}

/**
 * Names in lower case, each `set-cookie` a cookie. Takes what gives pairs too, as a Headers object or a Map does. Throws
 * an InvalidResponseError that names the header, and never quotes its value.
 */
export function checkHeaders(given: unknown): CheckedHeaders {
  const headers: Record<string, string> = {};
  // So that no name finds what every object has: `__proto__` is a name like any other.
  Object.setPrototypeOf(headers, null);
  const cookies: string[] = [];
  for (const pair of pairsIn(given)) {
    const [name, value] = checkPair(pair);
    if (typeof name !== 'string') {
      throw new InvalidResponseError(`Expected the name of a header to be a string, received ${typeName(name)}`);
    }
    const key = name.toLowerCase();
    const text = checkHeader(key, value);
    if (key === 'set-cookie') {
      cookies.push(text);
    } else if (key in headers) {
      throw new InvalidResponseError(`Expected header "${key}" once, received it twice`);
    } else {
      headers[key] = text;
    }
  }
  return { headers, cookies };
}

export function checkCookies(given: unknown): string[] {
  if (!Array.isArray(given)) {
    throw new InvalidResponseError(`Expected cookies to be an array, received ${typeName(given)}`);
  }
  // Not `map`, which passes over what an array lacks.
  return Array.from(given, (cookie, index) => checkHeader('set-cookie', cookie, `cookies[${index}]`));
}

function pairsIn(given: unknown): Iterable<unknown> {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidResponseError(`Expected headers to be an object, received ${typeName(given)}`);
  }
  return isIterable(given) ? given : Object.entries(given);
}

function isIterable(given: object): given is Iterable<unknown> {
  return Symbol.iterator in given;
}

function checkPair(pair: unknown): readonly unknown[] {
  if (Array.isArray(pair)) return pair;
  throw new InvalidResponseError(`Expected headers to be pairs of name and value, received ${typeName(pair)}`);
}

function checkHeader(name: string, value: unknown, what = `header "${name}"`): string {
  if (typeof value !== 'string') {
    throw new InvalidResponseError(`Expected ${what} to be a string, received ${typeName(value)}`);
  }
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new InvalidResponseError(`Expected ${what} to have only characters that HTTP allows`, { cause });
  }
  return value;
}
