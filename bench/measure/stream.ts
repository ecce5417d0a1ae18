import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { parts } from '../handlers/stream/parts';
import { bodyIn } from '../runtime/check-answer';
import { type Environment, withEnvironment } from '../runtime/environment';
import { median } from '../statistics';
import { inRounds } from './rounds';

export interface StreamSize {
  readonly rounds: number;
  /** Of the body. */
  readonly megabytes: number;
  /** Bodies that a process sends after its first large one. */
  readonly later: number;
}

/** Large bodies that a fresh process sends in parts, after a small one that is not counted. */
export interface StreamRound {
  /** Most of the process has been compiled once by then, and nothing has been optimized. */
  readonly first: SentBody;
  /** The medians of those after it. */
  readonly later: SentBody;
  /** The most that the process has held, in MB; NaN where the operating system does not tell. */
  readonly peakMemory: number;
}

export interface SentBody {
  readonly megabytesPerSecond: number;
  /** Milliseconds of CPU that the process took for it; NaN where the operating system does not tell. */
  readonly cpuMs: number;
}

/** Rejects where a body does not arrive byte for byte. */
export function measureStream(
  bundles: readonly Bundle[],
  { rounds, megabytes, later }: StreamSize,
): Promise<ReadonlyMap<Bundle, readonly StreamRound[]>> {
  const expected = Buffer.concat([...parts(megabytes)]);
  return inRounds(bundles, rounds, (bundle) =>
    withEnvironment(bundle, async (environment) => {
      await environment.invoke(functionUrlEvent(1));
      const first = await sendBody(environment, megabytes, expected);
      const others: SentBody[] = [];
      while (others.length < later) others.push(await sendBody(environment, megabytes, expected));
      return {
        first,
        later: {
          megabytesPerSecond: median(others.map(({ megabytesPerSecond }) => megabytesPerSecond)),
          cpuMs: median(others.map(({ cpuMs }) => cpuMs)),
        },
        peakMemory: environment.peakMemory ?? Number.NaN,
      };
    }),
  );
}

async function sendBody(environment: Environment, megabytes: number, expected: Buffer): Promise<SentBody> {
  const before = environment.cpuTime;
  const { response, answerMs } = await environment.invoke(functionUrlEvent(megabytes));
  const cpuMs = (environment.cpuTime - before) / 1_000;
  if (!bodyIn(response).equals(expected)) {
    throw new Error(`Expected ${megabytes} MB byte for byte, received ${response.length} bytes that differ`);
  }
  return { megabytesPerSecond: megabytes / (answerMs / 1_000), cpuMs };
}
