/** A part of docs/benchmarks.md. */
export interface Section {
  /** Markdown. */
  readonly text: string;
  /** SVG by file name, below docs/images. */
  readonly charts: Readonly<Record<string, string>>;
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const alignment = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [head, alignment, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
