import type { BuildOptions, Loader } from 'esbuild';
import type { Section } from './section';

/** Metadata.BuildProperties as esbuild's options, with the defaults of `sam build` for what is left out. */
export type BuildProperties = Omit<BuildOptions, 'entryPoints'> & { readonly entryPoints: string[] };

/** Every option has its default spelt out: esbuild's own, but for those three that SAM decides on. */
export function readBuildProperties(section: Section, handler: string): BuildProperties {
  return {
    entryPoints: section.texts('EntryPoints') ?? [handler.replace(/\..*$/, '')],
    format: section.oneOf('Format', ['cjs', 'esm', 'iife']) ?? 'cjs', // SAM
    target: section.texts('Target') ?? 'es2020', // SAM
    minify: section.boolean('Minify') ?? true, // SAM
    ...readSourcemap(section),
    sourcesContent: section.boolean('SourcesContent') ?? true,
    external: section.texts('External') ?? [],
    packages: section.oneOf('Packages', ['bundle', 'external']) ?? 'bundle',
    mainFields: section.texts('MainFields') ?? ['main', 'module'],
    conditions: section.texts('Conditions') ?? ['module'],
    outExtension: readPairs(section, 'OutExtension'),
    loader: readLoaders(section),
    alias: readPairs(section, 'Alias'),
    define: readPairs(section, 'Define'),
    inject: section.texts('Inject') ?? [],
    banner: readPairs(section, 'Banner'),
    footer: readPairs(section, 'Footer'),
    keepNames: section.boolean('KeepNames') ?? false,
    treeShaking: section.boolean('TreeShaking') ?? true,
    legalComments: section.oneOf('LegalComments', ['none', 'inline', 'eof', 'linked', 'external']) ?? 'eof',
    charset: section.oneOf('Charset', ['ascii', 'utf8']) ?? 'ascii',
  };
}

export function unknownBuildProperties(section: Section): string[] {
  return section.keys.filter((key) => !knownProperties.has(key));
}

const knownProperties = new Set([
  ...['EntryPoints', 'Format', 'Target', 'Minify', 'Sourcemap', 'SourcesContent', 'External', 'Packages', 'MainFields'],
  ...['Conditions', 'OutExtension', 'Loader', 'Alias', 'Define', 'Inject', 'Banner', 'Footer', 'KeepNames'],
  ...['TreeShaking', 'LegalComments', 'Charset'],
  // SAM fixes these, or uses them where npm installs: without effect here.
  ...['Bundle', 'Platform', 'Outdir', 'UseNpmCi'],
]);

/** Left out where the template leaves it out: the build then looks at NODE_OPTIONS, and an explicit false stays false. */
function readSourcemap(section: Section): Pick<BuildOptions, 'sourcemap'> {
  const value = section.oneOf('Sourcemap', ['true', 'false', 'linked', 'inline', 'external', 'both']);
  if (value === undefined) return {};
  return { sourcemap: value === 'true' || value === 'false' ? value === 'true' : value };
}

function readLoaders(section: Section): Record<string, Loader> {
  const entries = Object.entries(readPairs(section, 'Loader')).map(([extension, name]): [string, Loader] => {
    const loader = loaders.find((known) => known === name);
    return [extension, loader ?? section.fail('Loader', `one of ${loaders.join(', ')}`, name)];
  });
  return Object.fromEntries(entries);
}

/** SAM takes a list such as `['.png=dataurl']` where esbuild's JavaScript API takes an object. */
function readPairs(section: Section, key: string): Record<string, string> {
  const entries = (section.texts(key) ?? []).map((item): [string, string] => {
    const sign = item.indexOf('=');
    return sign > 0 ? [item.slice(0, sign), item.slice(sign + 1)] : section.fail(key, 'a list of key=value', item);
  });
  return Object.fromEntries(entries);
}

const loaders = [
  ...(['base64', 'binary', 'copy', 'css', 'dataurl', 'default', 'empty', 'file'] as const),
  ...(['js', 'json', 'jsx', 'local-css', 'text', 'ts', 'tsx'] as const),
];
