import { useState } from 'preact/hooks';
import { readConsoleLine, readRecord, type FunctionRecord, type RecordedError } from '../../../log/function-record';
import { withoutRepeatedStack } from '../../../log/repeated-error';
import { reportParts } from '../../../log/report-parts';
import { readablePlatformLine } from '../../../log/readable-platform-line';
import type { InvocationReport } from '../../../../runtime/log/report';
import type { LineState } from '../../state';
import { count, preciseTime } from '../format';

const mostLines = 500;

/** The log of the invocation, a record a line. */
export function Log({ lines, dropped }: { readonly lines: readonly LineState[]; readonly dropped: number }) {
  const [showsAll, setShowsAll] = useState(false);
  const hidden = showsAll ? 0 : Math.max(0, lines.length - mostLines);
  return (
    <section class="log" aria-labelledby="log">
      <h3 id="log">Log</h3>
      {hidden > 0 && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            setShowsAll(true);
          }}
        >
          {`Show ${count(hidden, 'earlier line')}`}
        </button>
      )}
      {lines.length === 0 ? (
        <p class="note">No line.</p>
      ) : (
        <ol class="lines" tabIndex={0} aria-label="Lines of the log">
          {withRecords(lines.slice(hidden)).map(({ line, record }, index) => (
            <Line key={hidden + index} line={line} record={record} />
          ))}
        </ol>
      )}
      {dropped > 0 && <p class="note">{`${count(dropped, 'line')} past the first megabyte were not kept.`}</p>}
    </section>
  );
}

interface ReadLine {
  readonly line: LineState;
  /** Undefined where it is none. */
  readonly record: FunctionRecord | undefined;
}

/** An error that is logged twice has its stack once. */
function withRecords(lines: readonly LineState[]): ReadLine[] {
  let lastError: RecordedError | undefined;
  return lines.map((line) => {
    const record = line.source === 'function' ? recordOf(line) : undefined;
    const shown = record && withoutRepeatedStack(record, lastError);
    lastError = record?.error ?? lastError;
    return { line, record: shown };
  });
}

function Line({ line, record }: ReadLine) {
  const { at, source, text } = line;
  return (
    <li class="line" data-source={source}>
      <time title={new Date(at).toISOString()}>{preciseTime(at)}</time>
      {record ? (
        <Record record={record} />
      ) : (
        <span class="text">{source === 'platform' ? <PlatformLine text={text} /> : text.replaceAll('\r', '\n')}</span>
      )}
    </li>
  );
}

/** Its id is above. One that is too long is broken between its columns. */
function PlatformLine({ text }: { readonly text: string }) {
  return readablePlatformLine(text, { withId: false })
    .split('  ')
    .map((column, index) => (
      <span key={index} class="column">
        {column}
      </span>
    ));
}

function Record({ record: { level, message, error, report, own } }: { readonly record: FunctionRecord }) {
  const details = Object.entries(own).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return (
    <span class="text">
      <span class="level" data-level={level}>
        {level}
      </span>
      {report ? <Report report={report} /> : ` ${message.replaceAll('\r', '\n')} `}
      {details.length > 0 && <span class="own">{details.join(' ')}</span>}
      {error && <ErrorFacts error={error} />}
    </span>
  );
}

function Report({ report }: { readonly report: InvocationReport }) {
  return (
    <>
      {reportParts(report).map(({ text, tone }, index) => (
        <span key={index} class="part" data-tone={tone}>
          {`${index === 0 ? ' ' : ', '}${text}`}
        </span>
      ))}
    </>
  );
}

function ErrorFacts({ error, label = '' }: { readonly error: RecordedError; readonly label?: string }) {
  const { name, message, stack, cause } = error;
  const calls = stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return (
    <>
      <span class="error">{`${label}${name}: ${message}`}</span>
      {calls.map((call, index) => (
        <span key={index} class="call">
          {call.trim()}
        </span>
      ))}
      {typeof cause === 'string' && <span class="error">{`caused by ${cause}`}</span>}
      {typeof cause === 'object' && <ErrorFacts error={cause} label="caused by " />}
    </>
  );
}

const records = new WeakMap<LineState, { readonly record: FunctionRecord | undefined }>();

function recordOf(line: LineState): FunctionRecord | undefined {
  const known = records.get(line) ?? { record: readRecord(line.text) ?? readConsoleLine(line.text) };
  records.set(line, known);
  return known.record;
}
