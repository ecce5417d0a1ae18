import type { Writable } from 'node:stream';
import type { EndedInvocation } from '../environment/pool';
import { chooseFunction, definitionOf, loadFunctions } from '../load-functions';
import type { FunctionSource } from '../load-functions';
import type { LogLine } from '../log/platform-log';
import { printAnswer } from './print-answer';
import { logPrinter, type LogForm, type LogOutput } from './terminal-log';

export interface InvokeOptions extends FunctionSource {
  /** May be left out where the template has one function. */
  readonly functionId?: string | undefined;
  /** JSON */
  readonly event: Uint8Array;
  /** Where the function waits for a debugger. */
  readonly debugPort?: number | undefined;
  /** Readable on a terminal and raw anywhere else, by default. */
  readonly log?: LogForm | undefined;
}

/**
 * `npm run invoke`: invokes a function once. The answer goes to `out` as soon as it comes. The log goes to `log`, and is
 * held back until the answer is complete; with a debugger it is not, since it says where to attach. Resolves when the
 * invocation is over, to whether it succeeded: whether it answered, and did not fail after that either.
 */
export async function invoke(
  { functionId, event, debugPort, log: form, ...source }: InvokeOptions,
  { out, log }: { out: Writable; log: LogOutput },
): Promise<boolean> {
  const heldLog = new HeldLog(logPrinter(log, form));
  if (debugPort !== undefined) heldLog.release();
  let status: EndedInvocation['status'] | undefined;
  const { template, read, load } = await loadFunctions({
    ...source,
    onEnd: (ended) => {
      ({ status } = ended);
    },
    onLog: (line) => {
      heldLog.write(line);
    },
    onWarning: (message) => log.write(`Warning: ${message}\n`),
  });
  const { functions, unreadable } = read(new Map());
  const definition = definitionOf(chooseFunction(template.functions, functionId), functions, unreadable);
  const { pool } = await load(definition, debugPort);
  try {
    const response = await pool.invoke({ payload: event });
    const hasAnswered = await printAnswer(response, { out, log });
    heldLog.release();
    await response.ended;
    return hasAnswered && status === 'success';
  } finally {
    heldLog.release();
    await pool.close();
  }
}

/** Holds lines back until it is released; from then on it prints each line as it comes. */
class HeldLog {
  readonly #print: (line: LogLine) => void;
  #held: LogLine[] | undefined = [];

  constructor(print: (line: LogLine) => void) {
    this.#print = print;
  }

  write(line: LogLine): void {
    if (this.#held) this.#held.push(line);
    else this.#print(line);
  }

  release(): void {
    const lines = this.#held ?? [];
    this.#held = undefined;
    for (const line of lines) this.write(line);
  }
}
