import type { Estimate } from '../statistics';

export interface BarChart {
  readonly title: string;
  readonly unit: string;
  readonly digits: number;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly estimate: Estimate;
  readonly highlighted: boolean;
}

const width = 760;
const left = 210;
const right = 110;
const top = 56;
const rowHeight = 34;
const barHeight = 20;

/** Horizontal bars from zero, each with its 95% interval, in the colours of the reader's scheme. */
export function barChart({ title, unit, digits, bars }: BarChart): string {
  const height = top + bars.length * rowHeight + 14;
  const largest = Math.max(...bars.map(({ estimate }) => estimate.high));
  const scale = (value: number) => (value / largest) * (width - left - right);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13" role="img" aria-labelledby="title">
  <title id="title">${escape(title)}</title>
  <style>
    text { fill: #24292f } .card { fill: #ffffff } .bar { fill: #8c959f } .ours { fill: #1a7f37 } .interval { stroke: #24292f; stroke-width: 1.4 }
    @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .card { fill: #0d1117 } .bar { fill: #656c76 } .ours { fill: #3fb950 } .interval { stroke: #e6edf3 } }
  </style>
  <rect class="card" width="${width}" height="${height}" rx="8"/>
  <text x="20" y="30" font-size="15" font-weight="600">${escape(title)}</text>
${bars.map((bar, row) => drawBar(bar, top + row * rowHeight, scale, (value) => `${value.toFixed(digits)} ${unit}`)).join('\n')}
</svg>
`;
}

function drawBar(
  { label, estimate: { value, low, high }, highlighted }: Bar,
  y: number,
  scale: (value: number) => number,
  format: (value: number) => string,
): string {
  const x = (position: number) => (left + scale(position)).toFixed(1);
  const middle = y + barHeight / 2;
  return [
    `  <text x="${left - 12}" y="${middle + 4}" text-anchor="end">${escape(label)}</text>`,
    `  <rect class="${highlighted ? 'ours' : 'bar'}" x="${left}" y="${y}" width="${scale(value).toFixed(1)}" height="${barHeight}" rx="3"/>`,
    `  <path class="interval" d="M${x(low)} ${middle}H${x(high)}M${x(low)} ${middle - 4}v8M${x(high)} ${middle - 4}v8"/>`,
    `  <text x="${(left + scale(high) + 10).toFixed(1)}" y="${middle + 4}">${escape(format(value))}</text>`,
  ].join('\n');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
