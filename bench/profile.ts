import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle';
import { functionUrlEvent } from './event';
import { checkAnswer } from './runtime/check-answer';
import { type CpuProfile, isCpuProfile, parseCpuProfile } from './parse-cpu-profile';
import { Environment } from './runtime/environment';

export interface ProfileSize {
  readonly events: number;
  /** Of each table. */
  readonly rows: number;
}

/** Where the CPU time of warm invocations goes, by function, as two tables in microseconds an invocation. */
export async function profile(file: string, folder: string, { events, rows: most }: ProfileSize): Promise<string> {
  const costs = [...parseCpuProfile(await recordProfile(file, folder, events))].filter(([place]) => place !== '(idle)');
  const script = file.replace(/\.\w+$/, '.js');
  const own = costs.filter(([place]) => place.includes(`/${script}:`)).sort(([, a], [, b]) => b.total - a.total);
  const all = costs.sort(([, a], [, b]) => b.self - a.self);
  const sum = all.reduce((total, [, { self }]) => total + self, 0);
  const table = (rows: typeof costs) =>
    rows
      .slice(0, most)
      .map(([place, { self, total }]) => [self, total].map(inMicroseconds(events)).join('') + `  ${place}`);
  return [
    `${(sum / events).toFixed(1)} us of CPU an invocation`,
    '\nFunctions of the bundle, by what they and what they call take\n     self    total',
    ...table(own),
    '\nAll functions, by what they take themselves\n     self    total',
    ...table(all),
  ].join('\n');
}

function inMicroseconds(events: number): (microseconds: number) => string {
  return (microseconds) => (microseconds / events).toFixed(2).padStart(9);
}

async function recordProfile(file: string, folder: string, events: number): Promise<CpuProfile> {
  const built = await bundle({ name: `profile of ${file}`, file, role: 'ours' }, { folder, minify: false });
  const environment = await Environment.start(built, {
    moreOptions: [
      ...['--cpu-prof', '--cpu-prof-interval', '100', '--cpu-prof-dir', folder],
      ...['--require', join(__dirname, 'runtime/exit-on-sigterm.cjs')],
    ],
  });
  try {
    for (let index = 0; index < events; index += 1) {
      const { response } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
      checkAnswer(response, 'Hello');
    }
  } finally {
    await environment.close('SIGTERM');
  }
  const [name] = (await readdir(folder)).filter((entry) => entry.endsWith('.cpuprofile'));
  const recorded: unknown = name === undefined ? undefined : JSON.parse(await readFile(join(folder, name), 'utf8'));
  if (!isCpuProfile(recorded)) throw new Error(`Expected a CPU profile in ${folder}, found ${name ?? 'none'}`);
  return recorded;
}
