/**
 * A line of the platform in a form that fits a terminal: the columns of REPORT stand together, and the id is short, or left
 * out where the line has it in front.
 */
export function readablePlatformLine(text: string, { withId = true } = {}): string {
  const [, kind, requestId, rest = ''] = /^(START|END|REPORT) RequestId: (\S+)([^]*)$/.exec(text) ?? [];
  if (kind === undefined || requestId === undefined) return text.trimEnd().replaceAll('\t', '  ');
  const head = withId ? `${kind} ${shortId(requestId)}` : kind;
  if (kind !== 'REPORT') return head;
  const columns = rest
    .split('\t')
    .filter((column) => column.trim() !== '')
    .map((column) => column.trim());
  const valueOf = (name: string): string | undefined =>
    columns.find((column) => column.startsWith(`${name}: `))?.slice(name.length + 2);
  const used = valueOf('Max Memory Used');
  const size = valueOf('Memory Size') ?? '?';
  const memory = used === undefined ? `Memory: ${size}` : `Memory: ${used.replace(/ MB$/, '')} of ${size}`;
  const others = columns.filter((column) => !column.startsWith('Max Memory Used:'));
  const shown = others.map((column) => (column.startsWith('Memory Size:') ? memory : column));
  return [head, ...shown].join('  ');
}

/** The invocation whose last line this is. */
export function endedBy(text: string): string | undefined {
  if (text.startsWith('REPORT ')) return /^REPORT RequestId: (\S+)/.exec(text)?.[1];
  return text.includes('"type":"platform.report"') ? /"requestId":"([^"]+)"/.exec(text)?.[1] : undefined;
}

export const shortId = (id: string): string => id.slice(0, 8);
