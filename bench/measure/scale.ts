import { resolve } from 'node:path';
import { startLocalLambda } from '../../local/local-lambda';
import type { LogLine } from '../../local/log/platform-log';
import { quantile } from '../statistics';

/** Many requests at once on the local Lambda, each with a second of background work. */
export interface ScaleResult {
  readonly requests: number;
  /** Milliseconds until the whole answer was there; every environment starts cold. */
  readonly answerP50: number;
  readonly answerMax: number;
  readonly environments: number;
  readonly reports: number;
  /** Milliseconds until the last invocation had ended. */
  readonly allEndedMs: number;
}

/** One after the other, each on a local Lambda of its own. */
export async function measureScale(sizes: readonly number[]): Promise<readonly ScaleResult[]> {
  const results: ScaleResult[] = [];
  for (const requests of sizes) results.push(await measureAtOnce(requests));
  return results;
}

async function measureAtOnce(requests: number): Promise<ScaleResult> {
  const log = new ReportLog(requests);
  const lambda = await startLocalLambda({
    template: resolve(__dirname, '../../template.yaml'),
    envVars: resolve(__dirname, 'scale-variables.json'),
    port: 0,
    apiPort: 0,
    onLog: log.add,
  });
  try {
    const [functionUrl] = lambda.functionUrls;
    if (functionUrl === undefined) throw new Error('Expected the template to declare a Function URL');
    const startedAt = performance.now();
    const answers = await Promise.all(
      Array.from({ length: requests }, (_, index) => timeToAnswer(functionUrl.url, index)),
    );
    await log.complete;
    return {
      requests,
      answerP50: quantile(answers, 0.5),
      answerMax: Math.max(...answers),
      environments: log.environments,
      reports: log.reports,
      allEndedMs: performance.now() - startedAt,
    };
  } finally {
    await lambda.close();
  }
}

async function timeToAnswer(url: string, index: number): Promise<number> {
  const startedAt = performance.now();
  const message = `Hello ${index}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ message }),
  });
  const body = await response.text();
  const expected = JSON.stringify({ echoedMessage: message });
  if (response.status !== 200 || body !== expected) {
    throw new Error(`Expected 200 ${expected}, received ${response.status} ${body}`);
  }
  return performance.now() - startedAt;
}

/** Counts what the platform says of its environments and invocations. */
class ReportLog {
  reports = 0;
  /** Resolves when every invocation has been reported. */
  readonly complete: Promise<void>;
  readonly #environments = new Set<string>();
  readonly #expected: number;
  #resolve: () => void = () => undefined;

  constructor(expected: number) {
    this.#expected = expected;
    this.complete = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  get environments(): number {
    return this.#environments.size;
  }

  readonly add = ({ source, text, environmentId }: LogLine): void => {
    if (source !== 'platform') return;
    if (text.startsWith('INIT_START')) this.#environments.add(environmentId);
    if (text.startsWith('REPORT')) this.reports += 1;
    if (this.reports === this.#expected) this.#resolve();
  };
}
