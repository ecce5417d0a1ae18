import { createHash } from 'node:crypto';
import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { parts } from '../handlers/stream/parts';
import { bodyIn } from '../runtime/check-answer';
import { withEnvironment } from '../runtime/environment';
import { inRounds } from './rounds';

export interface StreamSize {
  readonly rounds: number;
  /** Of the body. */
  readonly megabytes: number;
}

/** A large body that is sent in parts by a fresh process. */
export interface StreamRound {
  readonly megabytesPerSecond: number;
  /** Milliseconds of CPU that the process took for it; NaN where the operating system does not tell. */
  readonly cpuMs: number;
  /** The most that the process has held, in MB; NaN where the operating system does not tell. */
  readonly peakMemory: number;
}

/** Rejects where a body does not arrive byte for byte. The first one of each process, a small one, is not counted. */
export function measureStream(
  bundles: readonly Bundle[],
  { rounds, megabytes }: StreamSize,
): Promise<ReadonlyMap<Bundle, readonly StreamRound[]>> {
  const expected = digest(parts(megabytes));
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      await environment.invoke(functionUrlEvent(1));
      const before = environment.cpuTime;
      const { response, answerMs } = await environment.invoke(functionUrlEvent(megabytes));
      const cpuMs = (environment.cpuTime - before) / 1_000;
      const received = digest([bodyIn(response)]);
      if (received !== expected) {
        throw new Error(`Expected ${megabytes} MB byte for byte, received ${response.length} bytes that differ`);
      }
      return {
        megabytesPerSecond: megabytes / (answerMs / 1_000),
        cpuMs,
        peakMemory: environment.peakMemory ?? Number.NaN,
      };
    }),
  );
}

function digest(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}
