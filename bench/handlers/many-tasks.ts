import { setTimeout } from 'node:timers/promises';
import { boolean, number, object } from 'valibot';
import { LambdaCodableAdapter, type LambdaResponseWriter, LambdaRuntime } from '../../runtime';

/** What the process has used so far, as the answer to one invocation that registers tasks. */
export interface ProcessUsage {
  /** Microseconds, user and system, since the process started. */
  readonly cpu: number;
  /** Bytes of the heap that the tasks of this invocation hold while they wait; 0 unless asked for, since it takes time. */
  readonly heap: number;
}

/** Registers as many background tasks as it is asked to, which all wait for the same timer. */
const adapter = new LambdaCodableAdapter(object({ tasks: number(), seconds: number(), heap: boolean() }), {
  async handle({ tasks, seconds, heap }, outputWriter: LambdaResponseWriter<ProcessUsage>, { waitUntil }) {
    const { user, system } = process.cpuUsage();
    const work = setTimeout(seconds * 1_000);
    const before = heap ? heapUsed() : 0;
    for (let task = 0; task < tasks; task += 1) waitUntil(work);
    await outputWriter.write({ cpu: user + system, heap: heap ? heapUsed() - before : 0 });
  },
});

export const handler = new LambdaRuntime(adapter).run();

/** Lambda starts Node.js with --expose-gc. */
function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
