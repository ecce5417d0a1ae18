import { RequestError, ResponseNotSentError } from './errors';
import type { InvocationLog } from './log/invocation-log';

/** How `handle` ended, or that it had not when the grace was over. */
export type Settlement =
  { readonly outcome: 'completed' | 'cut off' } | { readonly outcome: 'failed'; readonly error: unknown };

/** Never rejects: a failure is a value here, to be judged once it is known whether the caller has its answer. */
export async function settle(work: () => Promise<void>): Promise<Settlement> {
  try {
    await work();
    return { outcome: 'completed' };
  } catch (error) {
    return { outcome: 'failed', error };
  }
}

/**
 * Logs what went wrong with `handle`, and returns the error that a caller without an answer is to be told. `sent` says
 * whether an answer has gone, or is going: then there is nobody left to tell.
 */
export function judge(
  settlement: Settlement,
  sent: boolean,
  log: InvocationLog,
): { readonly error: unknown } | undefined {
  switch (settlement.outcome) {
    case 'failed':
      if (!sent && settlement.error instanceof RequestError) log.addRefusal(settlement.error);
      else log.addFailure(`Handler failed ${sent ? 'after' : 'before'} the response`, settlement.error);
      return sent ? undefined : settlement;
    case 'cut off':
      log.addCutOff('Handler cut off');
      return sent ? undefined : notSent('before its time was used up', true, log);
    case 'completed':
      return sent ? undefined : notSent('before it returned', false, log);
  }
}

/** What was cut off may still fail, when a later invocation thaws the environment: late, but seen. */
export function watchCutOff(settling: Promise<Settlement>, log: InvocationLog): void {
  settling
    .then((late) => {
      if (late.outcome === 'failed') throw late.error;
    })
    .catch((error: unknown) => {
      log.addFailure('Handler failed', error);
    });
}

function notSent(when: string, late: boolean, log: InvocationLog): { readonly error: ResponseNotSentError } {
  const error = new ResponseNotSentError(`Expected handle to write a response ${when}, it wrote none`, late);
  log.addFailure('Response not sent', error);
  return { error };
}
