export interface RequestTarget {
  /** As it was sent, percent-encoding and all. */
  readonly path: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
}

/** Splits what follows the method in a request: `/path?query`, or, as a client of a proxy sends it, a whole URL. */
export function parseRequestTarget(target: string): RequestTarget {
  const local = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?]*/i, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return { path: path.startsWith('/') ? path : `/${path}`, query: mark < 0 ? '' : local.slice(mark + 1) };
}
