import { setTimeout } from 'node:timers/promises';
import { type CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { reportedIn } from './reports';

/** CloudWatch shows a line seconds after it was written, sometimes a minute. */
const patienceSeconds = 120;

const firstPause = 500;
const longestPause = 10_000;

/** No signed request gets through from a clock that is off by more. */
const clockSkew = 15 * 60_000;

export class CloudWatchLog {
  readonly #client: CloudWatchLogsClient;
  readonly #logGroup: string;
  readonly #seconds: number;
  readonly #since = Date.now() - clockSkew;

  /** @param invocationSeconds how long an invocation takes, which the log then tells of */
  constructor(client: CloudWatchLogsClient, logGroup: string, invocationSeconds: number) {
    this.#client = client;
    this.#logGroup = logGroup;
    this.#seconds = invocationSeconds + patienceSeconds;
  }

  /** Asks again and again, less and less often, until the report is there, which is the last line of the function. */
  async reportedLines(requestId: string): Promise<readonly string[]> {
    const giveUpAt = performance.now() + this.#seconds * 1_000;
    for (let pause = firstPause; ; pause = Math.min(1.5 * pause, longestPause)) {
      const lines = await this.#linesOf(requestId);
      if (reportedIn(lines).length > 0) return lines;
      if (performance.now() > giveUpAt) throw new Error(this.#missingReport(requestId, lines));
      await setTimeout(pause);
    }
  }

  async #linesOf(requestId: string): Promise<string[]> {
    const query = { logGroupName: this.#logGroup, startTime: this.#since, filterPattern: `"${requestId}"` };
    const lines: string[] = [];
    for await (const { events = [] } of paginateFilterLogEvents({ client: this.#client }, query)) {
      lines.push(...events.map(({ message = '' }) => message.trimEnd()));
    }
    return lines;
  }

  #missingReport(requestId: string, lines: readonly string[]): string {
    const found = lines.length === 0 ? 'no line of it' : lines.join('\n');
    return `Expected a report of request ${requestId} in ${this.#logGroup} within ${this.#seconds} s, found ${found}`;
  }
}
