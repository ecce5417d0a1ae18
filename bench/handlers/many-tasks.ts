import { setTimeout } from 'node:timers/promises';
import { number, object } from 'valibot';
import { LambdaCodableAdapter, type LambdaResponseWriter, LambdaRuntime } from '../../runtime';

/** What the process has used so far, as the answer to one invocation that registers tasks. */
export interface ProcessUsage {
  /** Microseconds, user and system, since the process started. */
  readonly cpu: number;
  /** Bytes of the heap that the tasks of this invocation hold while they wait. */
  readonly heap: number;
}

/** Registers as many background tasks as it is asked to, which all wait for the same timer. */
const adapter = new LambdaCodableAdapter(object({ tasks: number(), seconds: number() }), {
  async handle({ tasks, seconds }, outputWriter: LambdaResponseWriter<ProcessUsage>, { waitUntil }) {
    const { user, system } = process.cpuUsage();
    const work = setTimeout(seconds * 1_000);
    const before = heapUsed();
    for (let task = 0; task < tasks; task += 1) waitUntil(work);
    await outputWriter.write({ cpu: user + system, heap: heapUsed() - before });
  },
});

export const handler = new LambdaRuntime(adapter).run();

/** Without `node --expose-gc` the number means little. */
function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
