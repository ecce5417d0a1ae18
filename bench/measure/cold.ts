import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { type CpuShare, limitCpu } from '../runtime/cpu-share';
import { withEnvironment } from '../runtime/environment';
import { inRounds } from './rounds';

/** One fresh process, in milliseconds since its start. */
export interface ColdRound {
  /** Until it asked for its first event: Node.js, the runtime client, and importing the function. */
  readonly importMs: number;
  /** Until the end of its first response. */
  readonly firstAnswerMs: number;
  /** CPU time, of a process of its own that is stopped at the end of its first response; NaN where the system does not tell. */
  readonly firstAnswerCpuMs: number;
}

export function measureCold(
  bundles: readonly Bundle[],
  rounds: number,
): Promise<ReadonlyMap<Bundle, readonly ColdRound[]>> {
  return inRounds(bundles, rounds, async (bundle) => ({
    ...(await measureTimes(bundle)),
    firstAnswerCpuMs: await measureCpu(bundle),
  }));
}

/**
 * The time to the first answer alone, in milliseconds, of processes that each have `share` of a processor; empty where this takes
 * more rights than we have. All of a round run at once: each for itself would wait most of its time.
 */
export async function measureColdShare(
  bundles: readonly Bundle[],
  rounds: number,
  share: number,
): Promise<ReadonlyMap<Bundle, readonly number[]>> {
  const results = new Map<Bundle, number[]>(bundles.map((bundle) => [bundle, []]));
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      bundles.map(async (bundle) => {
        const limit = limitCpu(share);
        if (limit === undefined) return;
        try {
          results.get(bundle)?.push((await measureTimes(bundle, limit)).firstAnswerMs);
        } finally {
          limit.close();
        }
      }),
    );
  }
  return results;
}

function measureTimes(bundle: Bundle, share?: CpuShare): Promise<Omit<ColdRound, 'firstAnswerCpuMs'>> {
  return withEnvironment(
    bundle,
    async (environment) => {
      const importMs = await environment.ready();
      const { response, answerMs } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
      checkAnswer(response, 'Hello');
      return { importMs, firstAnswerMs: importMs + answerMs };
    },
    { share },
  );
}

function measureCpu(bundle: Bundle): Promise<number> {
  return withEnvironment(bundle, async (environment) => {
    const { response, cpuMicroseconds } = await environment.invokeLast(functionUrlEvent({ message: 'Hello' }));
    checkAnswer(response, 'Hello');
    return cpuMicroseconds / 1_000;
  });
}

/** Milliseconds until each bundle asked for its first event, for bundles that are not to be invoked too. */
export function measureImport(
  bundles: readonly Bundle[],
  rounds: number,
): Promise<ReadonlyMap<Bundle, readonly number[]>> {
  return inRounds(bundles, rounds, (bundle) => withEnvironment(bundle, (environment) => environment.ready()));
}
