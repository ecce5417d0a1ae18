import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../local/free-port';
import { RunningTool } from '../local/running-tool';
import type { LocalTool } from '../local/tool';
import { localTools } from '../local/tools';
import { median, quantile } from '../statistics';

/** How soon a local tool answers, with one second of background work behind each answer; in milliseconds. */
export interface LocalResult {
  readonly name: string;
  readonly lacks: string;
  /** From the command, one value a start. */
  readonly firstAnswers: readonly number[];
  readonly warm: number;
  readonly atOnce: AtOnce;
}

export interface AtOnce {
  readonly requests: number;
  /** Those that got the right answer, within a minute. */
  readonly answered: number;
  readonly p50: number;
  readonly slowest: number;
}

export interface LocalSize {
  readonly starts: number;
  readonly warmRequests: number;
  readonly atOnce: number;
}

export interface LocalComparison {
  readonly results: readonly LocalResult[];
  /** What was not measured, and why. */
  readonly missing: readonly string[];
}

export async function measureLocal(folder: string, size: LocalSize): Promise<LocalComparison> {
  const { tools, missing } = await localTools(folder, [await freePort(), await freePort(), await freePort()]);
  const results: LocalResult[] = [];
  for (const tool of tools) results.push(await measureTool(tool, size));
  return { results, missing };
}

async function measureTool(tool: LocalTool, { starts, warmRequests, atOnce }: LocalSize): Promise<LocalResult> {
  const firstAnswers: number[] = [];
  for (let start = 1; start < starts; start += 1) {
    firstAnswers.push(await withTool(tool, (running) => running.firstAnswer(timeoutMs)));
  }
  return withTool(tool, async (running) => {
    firstAnswers.push(await running.firstAnswer(timeoutMs));
    const warm: number[] = [];
    for (let request = 0; request < warmRequests; request += 1) {
      // The background work of the one before has to end: its environment is busy until then.
      await sleep(backgroundMs);
      warm.push(await running.answer(`Hello ${request}`, timeoutMs));
    }
    await sleep(backgroundMs);
    const { name, lacks } = tool;
    return { name, lacks, firstAnswers, warm: median(warm), atOnce: await measureAtOnce(running, atOnce) };
  });
}

async function measureAtOnce(running: RunningTool, requests: number): Promise<AtOnce> {
  const answers = await Promise.allSettled(
    Array.from({ length: requests }, (_, index) => running.answer(`Hello ${index}`, timeoutMs)),
  );
  const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  return { requests, answered: answered.length, p50: quantile(answered, 0.5), slowest: quantile(answered, 1) };
}

async function withTool<Result>(tool: LocalTool, use: (running: RunningTool) => Promise<Result>): Promise<Result> {
  const running = new RunningTool(tool);
  try {
    return await use(running);
  } finally {
    await running.close();
  }
}

const timeoutMs = 60_000;
const backgroundMs = 1_100;
