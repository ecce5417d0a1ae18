/**
 * What importing the bundled function costs a cold start: the time from the start of the process until the runtime
 * client asks for its first invocation, with the function and with an empty module, in turn. Prints the medians.
 *
 *   npm run bench:import [-- rounds]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle';
import { empty, ours } from './contenders';
import { measureImport } from './measure/cold';
import { estimateMedian, median } from './statistics';
import { formatEstimate } from './page/format-estimate';

async function main(): Promise<void> {
  const rounds = Number(process.argv[2] ?? 20);
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
  try {
    const [nothing, library] = [await bundle(empty, { folder }), await bundle(ours, { folder })];
    const milliseconds = await measureImport([nothing, library], rounds);
    const withNothing = milliseconds.get(nothing) ?? [];
    const withLibrary = milliseconds.get(library) ?? [];

    console.log(`${rounds} fresh processes each: median (95% interval)`);
    console.log(`empty module      ${formatEstimate(estimateMedian(withNothing), 1)} ms`);
    console.log(
      `Background Tasks  ${formatEstimate(estimateMedian(withLibrary), 1)} ms, ${library.bytes} bytes minified`,
    );
    console.log(`difference        ${(median(withLibrary) - median(withNothing)).toFixed(1)} ms`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
