import type { Bundle } from '../bundle';
import { functionUrlEvent } from '../event';
import { readAnswer } from '../runtime/check-answer';
import { type Environment, withEnvironment } from '../runtime/environment';
import { median } from '../statistics';

export interface BackgroundSize {
  /** Tasks of one second in one invocation. */
  readonly tasks: readonly number[];
  /** Tasks in one invocation where the cost of one is asked. */
  readonly manyTasks: number;
  readonly rounds: number;
}

export interface BackgroundResult {
  readonly durations: readonly BackgroundDuration[];
  readonly cost: TaskCost;
}

export interface BackgroundDuration {
  readonly tasks: number;
  readonly answerMs: number;
  /** What is billed: from the event to the end of the invocation. The longest task takes 1,000 ms of it. */
  readonly invocationMs: number;
}

/** What one registered task costs, until it has been reported. */
export interface TaskCost {
  readonly cpuMicroseconds: number;
  readonly heapBytes: number;
}

/** `bundle` is the handler many-tasks.ts. */
export async function measureBackground(bundle: Bundle, size: BackgroundSize): Promise<BackgroundResult> {
  return {
    durations: await withEnvironment(bundle, (environment) => measureDurations(environment, size)),
    cost: await withEnvironment(bundle, (environment) => measureCost(environment, size)),
  };
}

async function measureDurations(environment: Environment, size: BackgroundSize): Promise<BackgroundDuration[]> {
  await invoke(environment, { tasks: 1, seconds: 0 });
  const durations: BackgroundDuration[] = [];
  for (const tasks of size.tasks) {
    const { answerMs, invocationMs } = await invoke(environment, { tasks, seconds: 1 });
    durations.push({ tasks, answerMs, invocationMs });
  }
  return durations;
}

/**
 * An invocation with many tasks and one with none, in turn, after some to warm up. What the process has used is known
 * when the next invocation begins, after the report of the one before: the difference is a whole invocation.
 */
async function measureCost(environment: Environment, { manyTasks, rounds }: BackgroundSize): Promise<TaskCost> {
  const cpu: number[] = [];
  const heap: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    const beforeMany = await invoke(environment, { tasks: manyTasks, seconds: 0 });
    const beforeNone = await invoke(environment, { tasks: 0, seconds: 0 });
    const after = await invoke(environment, { tasks: 0, seconds: 0 });
    const waiting = await invoke(environment, { tasks: manyTasks, seconds: 0, heap: true });
    const many = beforeNone.cpu - beforeMany.cpu;
    const none = after.cpu - beforeNone.cpu;
    if (round < warmUp) continue;
    cpu.push((many - none) / manyTasks);
    heap.push(waiting.heap / manyTasks);
  }
  return { cpuMicroseconds: median(cpu), heapBytes: median(heap) };
}

const warmUp = 5;

interface TasksInput {
  readonly tasks: number;
  readonly seconds: number;
  readonly heap?: boolean;
}

interface TasksInvocation {
  readonly answerMs: number;
  readonly invocationMs: number;
  readonly cpu: number;
  readonly heap: number;
}

async function invoke(environment: Environment, input: TasksInput): Promise<TasksInvocation> {
  const { response, answerMs, turnaroundMs } = await environment.invoke(functionUrlEvent({ heap: false, ...input }));
  const { body } = readAnswer(response);
  const usage: unknown = JSON.parse(body);
  if (typeof usage !== 'object' || usage === null || !('cpu' in usage) || !('heap' in usage)) {
    throw new Error(`Expected what the process has used, received ${body}`);
  }
  const { cpu, heap } = usage;
  return { answerMs, invocationMs: answerMs + turnaroundMs, cpu: Number(cpu), heap: Number(heap) };
}
