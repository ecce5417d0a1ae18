import type { BenchResults, ContenderResult, StreamResult } from '../measure/everything';
import { type Estimate, estimateDifference, estimateRatio, median } from '../statistics';
import { formatEstimate } from './format-estimate';
import { markdownTable, type Section } from './section';

/** What this library sets itself, whether it is reached, and where the time goes that it takes. */
export function targetSection(results: BenchResults): Section {
  const rows = targets(results).map(({ what, most, measured, beyond = false }) => [
    what,
    most.toFixed(2),
    formatEstimate(measured, 2),
    (beyond ? measured.high < most : measured.value <= most) ? 'reached' : '**not reached**',
  ]);
  return {
    text: `## What is to be reached, and what is

The smaller the better; ratios where no unit is named. "Beyond the interval" means that the whole of it is below.

${markdownTable(['', 'at most', 'measured', ''], rows)}

${whoIsAhead(results)}

<details><summary>Where the CPU time of a warm event goes, by function of the bundle, in µs</summary>

\`\`\`text
${results.profile}
\`\`\`

</details>
`,
    charts: {},
  };
}

function whoIsAhead({ contenders, cold }: BenchResults): string {
  const others = contenders.filter(({ role }) => role !== 'ours').map(({ name }) => name);
  const ahead = (value: (name: string) => number) => {
    const names = others.filter((name) => value(name) < value('Background Tasks'));
    return names.length === 0 ? 'nobody' : names.join(', ');
  };
  const warm = ahead((name) => median(named(contenders, name).warm.map(({ answerP50 }) => answerP50)));
  const first = ahead((name) => median(named(cold, name).cold.map(({ firstAnswerCpuMs }) => firstAnswerCpuMs)));
  const memory = ahead((name) => median(named(contenders, name).memory));
  return `Who is ahead of this library, by the medians below: in a warm answer ${warm}; in the CPU time of a first answer ${first};
in peak memory ${memory}.`;
}

interface Target {
  readonly what: string;
  readonly most: number;
  readonly measured: Estimate;
  /** The whole interval has to be below. */
  readonly beyond?: boolean;
}

function targets({ contenders, cold, streams }: BenchResults): Target[] {
  const [bare, ours] = [named(contenders, 'bare streamifyResponse'), named(contenders, 'Background Tasks')];
  const [middy, fetch] = [named(contenders, 'middy'), named(contenders, 'hono on LambdaFetchAdapter')];
  const [piped, fetched] = [named(streams, 'bare pipeline, data'), named(streams, 'LambdaFetchAdapter, data')];
  const secondsOfMegabyte = ({ rounds }: StreamResult, body: 'first' | 'later') =>
    rounds.map((round) => 1 / round[body].megabytesPerSecond);
  const warm = (of: ContenderResult, field: 'answerP50' | 'answerP99') => of.warm.map((round) => round[field]);
  const cpu = (name: string) => named(cold, name).cold.map(({ firstAnswerCpuMs }) => firstAnswerCpuMs);
  const coldRatio = (name: string) => estimateRatio(cpu(name), cpu('bare streamifyResponse'));
  return [
    {
      what: 'warm answer, median / bare',
      most: 1.05,
      measured: estimateRatio(warm(ours, 'answerP50'), warm(bare, 'answerP50')),
    },
    {
      what: 'warm answer, median / middy, beyond the interval',
      most: 1,
      measured: estimateRatio(warm(ours, 'answerP50'), warm(middy, 'answerP50')),
      beyond: true,
    },
    {
      what: 'warm answer, 99th percentile / bare',
      most: 1,
      measured: estimateRatio(warm(ours, 'answerP99'), warm(bare, 'answerP99')),
    },
    {
      what: 'the same Hono app, warm answer, median / Hono’s streamHandle, beyond the interval',
      most: 1,
      measured: estimateRatio(
        warm(fetch, 'answerP50'),
        warm(named(contenders, 'hono on its streamHandle'), 'answerP50'),
      ),
      beyond: true,
    },
    {
      what: 'the first streamed body of a process, time / bare pipeline, both with data',
      most: 1 / 0.9,
      measured: estimateRatio(secondsOfMegabyte(fetched, 'first'), secondsOfMegabyte(piped, 'first')),
    },
    {
      what: 'later ones, time / bare pipeline, both with data',
      most: 1 / 0.9,
      measured: estimateRatio(secondsOfMegabyte(fetched, 'later'), secondsOfMegabyte(piped, 'later')),
    },
    {
      what: 'a streamed body, peak memory beyond that of a bare pipeline, MB',
      most: 32,
      measured: estimateDifference(
        fetched.rounds.map(({ peakMemory }) => peakMemory),
        piped.rounds.map(({ peakMemory }) => peakMemory),
      ),
    },
    { what: 'peak memory / bare', most: 1.05, measured: estimateRatio(ours.memory, bare.memory) },
    {
      what: 'first answer of the sample under `info` / bare, CPU time',
      most: 1.05,
      measured: coldRatio('the sample, LOG_LEVEL=info'),
    },
    {
      what: 'first answer of the sample under `debug` / bare, CPU time',
      most: 1.15,
      measured: coldRatio('the sample, LOG_LEVEL=debug'),
    },
  ];
}

function named<Result extends { readonly name: string }>(results: readonly Result[], name: string): Result {
  const found = results.find((result) => result.name === name);
  if (found === undefined) throw new Error(`Expected a result of ${name}`);
  return found;
}
