import type { styleText } from 'node:util';
import type { InvocationReport } from '../../runtime/index';
import type { FunctionRecord, RecordedError } from '../log/function-record';
import { reportParts } from '../log/report-parts';
import { escaped, escapedLine } from './escaped-text';

/** Puts a text in a style, or leaves it as it is where there are no colours. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export interface RecordOptions {
  readonly paint: Paint;
  /** Columns that a line may have. What is the record's own is cut there; its message, errors and report are not. */
  readonly columns: number;
  /** Whether it was logged as text: its message is then shown as it is, with the function's own colours. */
  readonly isText?: boolean;
}

/**
 * A record as people read it: one line, and the stack of an error below it. JSON has no control characters, so none of its
 * texts controls the terminal.
 */
export function readableRecord(record: FunctionRecord, { paint, columns, isText }: RecordOptions): string[] {
  const { level = '', error, report, own } = record;
  const time = timeOf(record.time);
  const lines = record.message.replaceAll('\r', '\n');
  const message = isText ? lines : escaped(lines);
  const head = [time, escapedLine(level).padEnd(5), report ? reportText(report, paint) : message];
  const start = [paint('dim', head[0] ?? ''), paint(styleOf(level), head[1] ?? ''), head[2] ?? ''].join(' ');
  const details = Object.entries(own).map(([name, value]) => `${name}=${valueText(value)}`);
  const room = columns - head.join(' ').length - 2;
  const dim = details.length > 0 && !report ? `  ${paint('dim', cut(escapedLine(details.join(' ')), room))}` : '';
  return [`${start}${dim}`, ...(error ? errorLines(error, paint) : [])];
}

/** What became of the invocation, in one line. */
function reportText(report: InvocationReport, paint: Paint): string {
  const painted = reportParts(report).map(({ text, tone }) =>
    tone === 'plain' ? escapedLine(text) : paint(tone === 'bad' ? 'red' : 'yellow', escapedLine(text)),
  );
  return painted.join(', ');
}

/** Name and message, then the calls of the stack, then its cause in the same way. */
function errorLines({ name, message, stack, cause }: RecordedError, paint: Paint, label = ''): string[] {
  const title = message === '' ? name : `${name}: ${message}`;
  const calls = stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return [
    ...indented(shownLines(`${label}${title}`)).map((line) => paint('red', line)),
    ...indented(calls.map((line) => escapedLine(line.slice(2)))).map((line) => paint('dim', line)),
    ...(typeof cause === 'string' ? indented(shownLines(`caused by ${cause}`)) : []),
    ...(typeof cause === 'object' ? errorLines(cause, paint, 'caused by ') : []),
  ];
}

const shownLines = (text: string): string[] => escaped(text.replace(/\r\n?/g, '\n')).split('\n');

const indented = (lines: readonly string[]): string[] => lines.map((line) => `    ${line}`);

/** The time of day on this machine, as its clock shows it. */
function timeOf(timestamp: string | undefined): string {
  const at = new Date(timestamp ?? NaN);
  if (Number.isNaN(at.getTime())) return '            ';
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${milliseconds}`;
}

function styleOf(level: string): Parameters<Paint>[0] {
  if (level === 'ERROR' || level === 'FATAL' || level === 'CRITICAL') return 'red';
  if (level === 'WARN') return 'yellow';
  return level === 'INFO' ? 'green' : 'cyan';
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}
