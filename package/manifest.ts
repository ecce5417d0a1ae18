import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { boolean, object, parse, parseJson, pipe, record, string } from 'valibot';

/** What can be imported, and the module behind it: `background-tasks` and its subpaths. */
export const entryPoints = [
  { subpath: '.', file: 'runtime/index' },
  { subpath: './testing', file: 'testing/index' },
] as const;

const Project = pipe(
  string(),
  parseJson(),
  object({
    name: string(),
    version: string(),
    description: string(),
    license: string(),
    engines: object({ node: string() }),
    dependencies: record(string(), string()),
    optionalDependencies: record(string(), string()),
    peerDependencies: record(string(), string()),
    peerDependenciesMeta: record(string(), object({ optional: boolean() })),
  }),
);

/** The package.json of the npm package, from that of the project. */
export async function manifest(project: string): Promise<object> {
  const text = await readFile(path.join(project, 'package.json'), 'utf8');
  const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta, ...own } = parse(Project, text);
  return {
    ...own,
    type: 'commonjs',
    // Each module may be left out when nothing of it is used.
    sideEffects: false,
    main: './runtime/index.js',
    types: './runtime/index.d.ts',
    exports: {
      ...Object.fromEntries(entryPoints.map(({ subpath, file }) => [subpath, conditions(file)])),
      './package.json': './package.json',
    },
    bin: { [own.name]: './local/cli/main.js' },
    dependencies: mapValues(dependencies, (version) => `^${version}`),
    // Node.js itself, for a function whose Runtime is of another version than the Node.js that runs here. Nobody has to
    // install it: see docs/local-lambda.md.
    peerDependencies: { ...peerDependencies, ...mapValues(optionalDependencies, () => '*') },
    peerDependenciesMeta: {
      ...peerDependenciesMeta,
      ...mapValues(optionalDependencies, () => ({ optional: true })),
    },
  };
}

function conditions(file: string): object {
  return {
    ...(file.startsWith('runtime/') ? { module: `./esm/${file}.js` } : {}),
    import: { types: `./${file}.d.mts`, default: `./${file}.mjs` },
    require: { types: `./${file}.d.ts`, default: `./${file}.js` },
  };
}

function mapValues<Value>(
  values: Readonly<Record<string, string>>,
  change: (value: string) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
