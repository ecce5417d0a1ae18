import type { InvocationReport } from '../../runtime/log/report';

export interface ReportPart {
  readonly text: string;
  readonly tone: 'plain' | 'bad' | 'warning';
}

/**
 * A report in words: `answered in 3 ms`, `background 10.0 s`, `audit record completed 20 ms`; where the invocation is an
 * attempt of a queued task, `queued task send receipt failed` first, for nobody waits for an answer.
 */
export function reportParts(report: InvocationReport): ReportPart[] {
  const { queuedTask, coldStart, tasks, moreTasks, failures } = report;
  const more = Object.entries(moreTasks ?? {}).filter(([, count]) => count > 0);
  return [
    ...(queuedTask ? [queuedTaskPart(queuedTask.name, report)] : answerParts(report)),
    ...tasks.map(({ name, outcome, milliseconds }) => ({
      text: `${name} ${outcome} ${duration(milliseconds)}`,
      tone: toneOf(outcome),
    })),
    ...more.map(([outcome, count]) => ({ text: `${count} more ${outcome}`, tone: toneOf(outcome) })),
    ...(failures > 0 ? [{ text: `${failures} ${failures === 1 ? 'failure' : 'failures'}`, tone: 'bad' as const }] : []),
    ...(coldStart ? [{ text: 'cold start', tone: 'plain' as const }] : []),
  ];
}

function queuedTaskPart(name: string, { handler, responseMs }: InvocationReport): ReportPart {
  const time = responseMs === undefined ? '' : ` ${duration(responseMs)}`;
  return { text: `queued task ${name} ${handler}${time}`, tone: toneOf(handler) };
}

function answerParts({ responseMs, backgroundMs, handler }: InvocationReport): ReportPart[] {
  return [
    responseMs === undefined
      ? { text: 'not answered', tone: 'warning' }
      : { text: `answered in ${duration(responseMs)}`, tone: 'plain' },
    { text: `background ${duration(backgroundMs)}`, tone: 'plain' },
    ...(handler === 'completed' ? [] : [{ text: `handler ${handler}`, tone: toneOf(handler) }]),
  ];
}

function toneOf(outcome: string): ReportPart['tone'] {
  if (outcome === 'failed') return 'bad';
  return outcome === 'cut off' ? 'warning' : 'plain';
}

const duration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
