import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Puts AWS's signer into the module of the package that uses it, as either kind of module. Whoever bundles a function for
 * Node.js by esbuild's defaults, as SAM does, would get its CommonJS with 130 KB that nothing calls, and each process that
 * queues a task would evaluate them (docs/decisions/0015).
 */
export async function bundleSigner(project: string, dist: string): Promise<void> {
  for (const [format, folder] of [
    ['cjs', dist],
    ['esm', path.join(dist, 'esm')],
  ] as const) {
    await build({
      entryPoints: [path.join(project, 'runtime/queue/signer.ts')],
      outfile: path.join(folder, 'runtime/queue/signer.js'),
      absWorkingDir: project,
      bundle: true,
      platform: 'node',
      format,
      target: 'es2022',
      mainFields: ['module', 'main'],
      sourcemap: true,
      logLevel: 'warning',
    });
    // What is bundled comes with its licence.
    for (const name of ['core', 'signature-v4']) {
      const licence = path.join(project, 'node_modules/@smithy', name, 'LICENSE');
      await copyFile(licence, path.join(folder, 'runtime/queue', `LICENSE-smithy-${name}`));
    }
  }
}
