import type { BuildOptions, Loader } from 'esbuild';
import type { PropertyReader } from './property-reader';

/** Metadata.BuildProperties as esbuild's options, with the defaults of `sam build` for what is left out. */
export type BuildProperties = Omit<BuildOptions, 'entryPoints'> & { readonly entryPoints: string[] };

/** Every option has its default spelt out: esbuild's own, but for those three that SAM decides on. */
export function readBuildProperties(reader: PropertyReader, handler: string): BuildProperties {
  return {
    entryPoints: reader.texts('EntryPoints') ?? [handler.replace(/\..*$/, '')],
    format: reader.oneOf('Format', ['cjs', 'esm', 'iife']) ?? 'cjs', // SAM
    target: reader.texts('Target') ?? 'es2020', // SAM
    minify: reader.boolean('Minify') ?? true, // SAM
    ...readSourcemap(reader),
    sourcesContent: reader.boolean('SourcesContent') ?? true,
    external: reader.texts('External') ?? [],
    packages: reader.oneOf('Packages', ['bundle', 'external']) ?? 'bundle',
    mainFields: reader.texts('MainFields') ?? ['main', 'module'],
    conditions: reader.texts('Conditions') ?? ['module'],
    outExtension: readPairs(reader, 'OutExtension'),
    loader: readLoaders(reader),
    alias: readPairs(reader, 'Alias'),
    define: readPairs(reader, 'Define'),
    inject: reader.texts('Inject') ?? [],
    banner: readPairs(reader, 'Banner'),
    footer: readPairs(reader, 'Footer'),
    keepNames: reader.boolean('KeepNames') ?? false,
    treeShaking: reader.boolean('TreeShaking') ?? true,
    legalComments: reader.oneOf('LegalComments', ['none', 'inline', 'eof', 'linked', 'external']) ?? 'eof',
    charset: reader.oneOf('Charset', ['ascii', 'utf8']) ?? 'ascii',
  };
}

export function unknownBuildProperties(reader: PropertyReader): string[] {
  return reader.keys.filter((key) => !knownProperties.has(key));
}

const knownProperties = new Set([
  ...['EntryPoints', 'Format', 'Target', 'Minify', 'Sourcemap', 'SourcesContent', 'External', 'Packages', 'MainFields'],
  ...['Conditions', 'OutExtension', 'Loader', 'Alias', 'Define', 'Inject', 'Banner', 'Footer', 'KeepNames'],
  ...['TreeShaking', 'LegalComments', 'Charset'],
  // SAM fixes these, or uses them where npm installs: without effect here.
  ...['Bundle', 'Platform', 'Outdir', 'UseNpmCi'],
]);

/** Left out where the template leaves it out: the build then looks at NODE_OPTIONS, and an explicit false stays false. */
function readSourcemap(reader: PropertyReader): Pick<BuildOptions, 'sourcemap'> {
  const value = reader.oneOf('Sourcemap', ['true', 'false', 'linked', 'inline', 'external', 'both']);
  if (value === undefined) return {};
  return { sourcemap: value === 'true' || value === 'false' ? value === 'true' : value };
}

function readLoaders(reader: PropertyReader): Record<string, Loader> {
  const entries = Object.entries(readPairs(reader, 'Loader')).map(([extension, name]): [string, Loader] => {
    const loader = loaders.find((known) => known === name);
    return [extension, loader ?? reader.fail('Loader', `one of ${loaders.join(', ')}`, name)];
  });
  return Object.fromEntries(entries);
}

/** SAM takes a list such as `['.png=dataurl']` where esbuild's JavaScript API takes an object. */
function readPairs(reader: PropertyReader, key: string): Record<string, string> {
  const entries = (reader.texts(key) ?? []).map((item): [string, string] => {
    const sign = item.indexOf('=');
    return sign > 0 ? [item.slice(0, sign), item.slice(sign + 1)] : reader.fail(key, 'a list of key=value', item);
  });
  return Object.fromEntries(entries);
}

const loaders = [
  ...(['base64', 'binary', 'copy', 'css', 'dataurl', 'default', 'empty', 'file'] as const),
  ...(['js', 'json', 'jsx', 'local-css', 'text', 'ts', 'tsx'] as const),
];
