import type { BenchResults } from '../measure/everything';
import { markdownTable, type Section } from './section';

export function backgroundSection({ background: { durations, cost }, size }: BenchResults): Section {
  const rows = durations.map(({ tasks, answerMs, invocationMs }) => [
    String(tasks),
    answerMs.toFixed(1),
    invocationMs.toFixed(1),
    (invocationMs / longestTaskMs).toFixed(3),
  ]);
  return {
    text: `## Background tasks

Tasks of one second each in one invocation. They run side by side, so the invocation, and with it what is billed, should
last hardly longer than the longest of them.

${markdownTable(['tasks', 'answer, ms', 'invocation, ms', 'invocation / longest task'], rows)}

One registered task costs ${cost.cpuMicroseconds.toFixed(1)} µs of CPU, its entry in the report included, and
${(cost.heapBytes / 1024).toFixed(2)} KB of memory while it waits (invocations with
${size.background.manyTasks.toLocaleString('en')} tasks against invocations with none).
`,
    charts: {},
  };
}

const longestTaskMs = 1_000;
