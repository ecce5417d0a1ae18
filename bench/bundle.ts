import { readFile, stat } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildFunction } from '../local/build/build';
import type { BuiltFunction } from '../local/build/built-function';
import type { FunctionDefinition } from '../local/template/definition';
import { readTemplate } from '../local/template/template';
import type { Contender } from './contenders';

export interface Bundle extends BuiltFunction {
  readonly contender: Contender;
  readonly bytes: number;
  readonly gzippedBytes: number;
}

export interface BundleOptions {
  /** Where the bundles go. */
  readonly folder: string;
  /** True unless a profile is to show readable names. */
  readonly minify?: boolean;
}

/**
 * Bundles a contender exactly as the template has its own function bundled, source maps included, so that everyone is
 * measured as it would be deployed.
 */
export async function bundle(contender: Contender, { folder, minify = true }: BundleOptions): Promise<Bundle> {
  const { name } = parse(contender.file);
  // Two may differ in their variables alone.
  const logicalId = contender.name.replaceAll(/\W/g, '');
  const template = await deployedFunction();
  const built = await buildFunction(
    {
      ...template,
      logicalId,
      handler: `${name}.handler`,
      environment: { POWERTOOLS_SERVICE_NAME: name, ...contender.variables },
      build: {
        ...template.build,
        ...(contender.mainFields && { mainFields: contender.mainFields }),
        minify,
        entryPoints: [join('bench/handlers', contender.file)],
      },
    },
    folder,
  );
  const script = join(built.codeFolder, `${name}.js`);
  const { size } = await stat(script);
  return { ...built, contender, bytes: size, gzippedBytes: gzipSync(await readFile(script)).length };
}

/** The function that the project's template declares: it tells how to build, and on which Node.js to run. */
async function deployedFunction(): Promise<FunctionDefinition> {
  const file = resolve(__dirname, '../template.yaml');
  const onWarning = (message: string) => {
    console.warn(message);
  };
  const template = await readTemplate(file, { region: 'us-east-1', onWarning });
  const [definition] = template.read(new Map()).functions;
  if (definition === undefined) throw new Error(`Expected ${file} to declare a function, found none`);
  return definition;
}
