import { createHash } from 'node:crypto';
import { newTraceId } from '../environment/invocation';
import type { FunctionDefinition } from '../template/definition';

/** A function is invoked so often by what it has caused itself, and then no more, unless its RecursiveLoop says Allow. */
const MAX_INVOCATIONS = 16;

/**
 * The trace header of an invocation, that of its caller continued: the SDK in a function passes on the header that the
 * function received, and the Lineage in it counts how often each function was invoked on the way.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function nextTrace(
  callers: string | undefined,
  { name, recursiveLoop = 'Terminate' }: Pick<FunctionDefinition, 'name' | 'recursiveLoop'>,
): { readonly traceId: string; readonly isLoop: boolean } {
  const fields = fieldsOf(callers ?? '');
  const lineage = parseLineage(fields.get('Lineage') ?? '');
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  const count = (lineage.get(hash) ?? 0) + 1;
  lineage.set(hash, count);
  // A caller that is no function has no trace, or not all of one.
  const made = fieldsOf(newTraceId());
  const trace = ['Root', 'Parent', 'Sampled'].map((field) => `${field}=${fields.get(field) ?? made.get(field) ?? ''}`);
  const counts = [...lineage].map(([invoked, times]) => `${invoked}:${times}`).join('|');
  const isLoop = recursiveLoop === 'Terminate' && count > MAX_INVOCATIONS;
  return { traceId: [...trace, `Lineage=${counts}`].join(';'), isLoop };
}

/** `Root=...;Parent=...;Sampled=0` */
function fieldsOf(header: string): Map<string, string> {
  const fields = header.split(';').map((field): [string, string] => {
    const [name = '', ...value] = field.trim().split('=');
    return [name, value.join('=')];
  });
  return new Map(fields);
}

/** `a87bd80c:1|68fd508a:5`, hashes of functions and how often each was invoked. boto3 sends the bar percent-encoded. */
function parseLineage(text: string): Map<string, number> {
  const entries = text.split(/\||%7C/i).map((entry) => /^([\da-f]{8}):(\d{1,5})$/.exec(entry));
  return new Map(entries.flatMap((match) => (match?.[1] ? [[match[1], Number(match[2])]] : [])));
}
