import type { BenchResults } from '../measure/everything';
import type { LocalResult } from '../measure/local';
import { estimateMedian } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

export function localSection({ local: { results, missing }, size: { local } }: BenchResults): Section {
  const head = [
    '',
    'from the command to the first answer, ms',
    'warm answer, ms',
    `${local.atOnce} at once: answered`,
    'median, ms',
    'slowest, ms',
  ];
  return {
    text: `## The local Lambda, beside what people use

Each tool from its own command on, with one second of background work behind each answer. The first answer is the median of
${local.starts} starts, the warm one of ${local.warmRequests} requests, one at a time, when the work of the one before has ended. "Answered" are
those of ${local.atOnce} requests at once that got the right answer within a minute.

${markdownTable(head, results.map(row))}

${markdownTable(
  ['', 'what it does not do'],
  [...results.map(({ name, lacks }) => [name, lacks]), ['serverless-offline 14', serverlessOffline]],
)}
${missing.map((what) => `\nNot measured: ${what}\n`).join('')}`,
    charts: {},
  };
}

function row({ name, firstAnswers, warm, atOnce }: LocalResult): string[] {
  const { requests, answered, p50, slowest } = atOnce;
  const whole = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(0));
  return [
    name,
    formatEstimate(estimateMedian(firstAnswers), 0),
    whole(warm),
    `${answered} of ${requests}`,
    whole(p50),
    whole(slowest),
  ];
}

const serverlessOffline =
  'Not measured: it is a plugin of the Serverless Framework 4, which asks for an account, and reads no SAM template';
