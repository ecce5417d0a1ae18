/** The cookies of a `cookie` header. Without the space after its semicolon a cookie is one all the same. */
export function cookiesIn(header = ''): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const cookie of header.split(';')) {
    const equals = cookie.indexOf('=');
    const name = cookie.slice(0, equals).trim();
    if (equals > 0 && name !== '' && !cookies.has(name)) cookies.set(name, cookie.slice(equals + 1).trim());
  }
  return cookies;
}
