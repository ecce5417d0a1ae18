import type { Writable } from 'node:stream';
import { chooseFunction, definitionOf, loadFunctions } from '../load-functions';
import type { FunctionSource } from '../load-functions';
import { printAnswer } from './print-answer';

export interface InvokeOptions extends FunctionSource {
  /** May be left out where the template has one function. */
  readonly functionId?: string | undefined;
  /** JSON */
  readonly event: Uint8Array;
  /** Where the function waits for a debugger. */
  readonly debugPort?: number | undefined;
}

/**
 * `npm run invoke`: invokes a function once. The answer goes to `out` as soon as it comes. The log goes to `log`, and is
 * held back until the answer is complete; with a debugger it is not, since it says where to attach. Resolves when the
 * invocation is over, to whether it succeeded.
 */
export async function invoke(
  { functionId, event, debugPort, ...source }: InvokeOptions,
  { out, log }: { out: Writable; log: Writable },
): Promise<boolean> {
  const heldLog = new HeldLog(log);
  if (debugPort !== undefined) heldLog.release();
  const { template, read, load } = await loadFunctions({
    ...source,
    onLog: ({ text }) => {
      heldLog.write(text);
    },
    onWarning: (message) => log.write(`Warning: ${message}\n`),
  });
  const { functions, unreadable } = read(new Map());
  const definition = definitionOf(chooseFunction(template.functions, functionId), functions, unreadable);
  const { pool } = await load(definition, debugPort);
  try {
    const response = await pool.invoke({ payload: event });
    const succeeded = await printAnswer(response, { out, log });
    heldLog.release();
    await response.ended;
    return succeeded;
  } finally {
    heldLog.release();
    await pool.close();
  }
}

/** Holds lines back until it is released; from then on it writes each line as it comes. */
class HeldLog {
  readonly #log: Writable;
  #held: string[] | undefined = [];

  constructor(log: Writable) {
    this.#log = log;
  }

  write(line: string): void {
    if (this.#held) this.#held.push(line);
    else this.#log.write(`${line}\n`);
  }

  release(): void {
    const lines = this.#held ?? [];
    this.#held = undefined;
    for (const line of lines) this.write(line);
  }
}
