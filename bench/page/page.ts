import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BenchResults } from '../measure/everything';
import { backgroundSection } from './background-section';
import { coldSection } from './cold-section';
import type { MachineRow } from './machine';
import { localSection } from './local-section';
import { queueSection } from './queue-section';
import { scaleSection } from './scale-section';
import type { Section } from './section';
import { sizeSection } from './size-section';
import { streamSection } from './stream-section';
import { targetSection } from './target-section';
import { warmSection } from './warm-section';

/** The whole of docs/benchmarks.md, with its charts. */
export function benchmarkPage(results: BenchResults, machine: readonly MachineRow[]): Section {
  const sections = [
    ...[
      targetSection,
      warmSection,
      coldSection,
      sizeSection,
      streamSection,
      backgroundSection,
      queueSection,
      localSection,
      scaleSection,
    ],
  ].map((section) => section(results));
  return {
    text: [introduction, machineSection(machine), ...sections.map(({ text }) => text)].join('\n'),
    charts: Object.fromEntries(sections.flatMap(({ charts }) => Object.entries(charts))),
  };
}

/** Writes the page as `<folder>/benchmarks.md` and its charts beside it. */
export async function writePage(folder: string, { text, charts }: Section): Promise<void> {
  await mkdir(join(folder, 'images'), { recursive: true });
  await writeFile(join(folder, 'benchmarks.md'), text);
  for (const [name, svg] of Object.entries(charts)) await writeFile(join(folder, 'images', name), svg);
}

const introduction = `# Benchmarks

What answering through this library costs, against a handler without any library and against what one would use
instead. \`npm run bench\` measures and writes this page; \`npm run bench -- --short\` only checks that everyone answers
correctly. \`bash .ci/with-docker npm run bench\` measures \`sam local\` too.

Everyone does the same work: decode \`{"message":"..."}\` from a Function URL event, answer \`{"echoedMessage":"..."}\` as
JSON with its status and content type. Everyone is written as its own documentation advises ([bench/handlers](../bench/handlers)),
bundled with the build properties of [template.yaml](../template.yaml), and run by the unmodified runtime client
\`aws-lambda-ric\`, one process each, with the options that Lambda gives Node.js at 128 MB, against a small Runtime API
that holds the clock. Every answer is checked, and a wrong one ends the benchmark.

Rounds are interleaved and their order rotates. A number is the median over rounds, in brackets its 95% interval
(bootstrap over rounds). A ratio is taken within each round, so that a machine which slows down for a while slows both
sides. Machines differ: compare ratios, not milliseconds. A run in which the bare handler itself spreads by more than a
tenth between rounds, from their first quartile to their third, is not published: noise would hide what is to be shown.
`;

function machineSection(machine: readonly MachineRow[]): string {
  return `## Machine and versions

${machine.map(([what, value]) => `- ${what}: ${value}`).join('\n')}
`;
}
