import { join } from 'node:path';
import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { checkAnswer } from '../runtime/check-answer';
import { withEnvironment } from '../runtime/environment';
import { quantile } from '../statistics';

const client = join(__dirname, '../runtime/constant-client.cjs');

/**
 * What the clock's own side takes, in milliseconds from event to answer, one median a round: the client answers with
 * constants, and looks at nothing. `bundle` is only what its process is told to run.
 */
export async function measureClock(bundle: Bundle, rounds: number, events: number): Promise<readonly number[]> {
  const medians: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const milliseconds = await withEnvironment(
      bundle,
      async (environment) => {
        const answers: number[] = [];
        for (let index = 0; index < events; index += 1) {
          const { response, answerMs } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
          checkAnswer(response, 'Hello');
          answers.push(answerMs);
        }
        return answers;
      },
      { client },
    );
    medians.push(quantile(milliseconds.slice(events / 2), 0.5));
  }
  return medians;
}
