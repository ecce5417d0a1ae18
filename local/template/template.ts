import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfPossible } from './read-if-possible';
import { childMap } from './cloudformation/nodes';
import type { Scope } from './cloudformation/scope';
import { readSections, type TemplateOptions } from './cloudformation/sections';
import { parseTemplate } from './cloudformation/yaml';
import type { FunctionDefinition, FunctionUrlDefinition } from './definition';
import { readFunction } from './read-function';
import { functionReferences, readDeclaredFunction, type DeclaredFunction } from './declared-function';
import { readUrl, urlOfConfig, urlOfResource, urlReferences, type DeclaredUrl } from './function-url';
import { aliasReferences, readResourceOfFunction, type ResourceOfFunction } from './resource-of-function';
import { Resource } from './resource';
import { resourceLeftOut } from './warnings';
import { reasonOf, UserError } from '../user-error';

/** What a template has for this machine, as far as it can be told before Function URLs have addresses. */
export interface Declarations {
  /** The functions that are to run here: on Node.js, from local code, their Condition not false. */
  readonly functions: readonly DeclaredFunction[];
  /** The Function URLs of these functions: those of a FunctionUrlConfig, then each AWS::Lambda::Url. */
  readonly urls: readonly DeclaredUrl[];
}

export interface Template extends Declarations {
  /**
   * Reads all there is to know of them.
   *
   * @param addresses where Function URLs are served, by logical id: what `!GetAtt HelloUrl.FunctionUrl` stands for
   */
  readonly read: (addresses: ReadonlyMap<string, string>) => Definitions;
}

export interface Definitions {
  readonly functions: readonly FunctionDefinition[];
  readonly urls: readonly FunctionUrlDefinition[];
  /** Why a function or a Function URL cannot be read, by its logical id. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Reads which functions and Function URLs a template has; the rest can be read once the URLs have their addresses. */
export async function readTemplate(file: string, options: TemplateOptions): Promise<Template> {
  const { region, onWarning } = options;
  const root = parseTemplate(await readSource(file), file, onWarning);
  const globals = childMap(childMap(root, 'Globals'), 'Function');
  const unnamed = readSections(root, options);
  const resources = [...unnamed.resources].map(([logicalId, node]) => new Resource(logicalId, node, globals));
  for (const resource of resources) {
    if (readIfPossible(() => resource.isWanted(unnamed)) !== false) resourceLeftOut(resource, onWarning);
  }

  const functions = resources.flatMap((resource) => readDeclaredFunction(resource, unnamed, onWarning) ?? []);
  const named = withKnown(unnamed, functionReferences(functions, region));
  const resourcesOfFunctions = (type: string, scope: Scope) =>
    resources
      .filter((resource) => resource.type === type)
      .flatMap(
        (resource) =>
          readIfPossible(() => readResourceOfFunction(resource, { scope, functions, onWarning }), onWarning) ?? [],
      );
  const aliases = resourcesOfFunctions('AWS::Lambda::Alias', named);
  const scope = withKnown(named, aliasReferences(aliases, region));
  const urls = [
    ...functions.flatMap((owner) => urlOfConfig(owner) ?? []),
    ...resourcesOfFunctions('AWS::Lambda::Url', scope).map(urlOfResource),
  ];
  const declared = {
    functions,
    urls,
    aliases,
    eventConfigs: resourcesOfFunctions('AWS::Lambda::EventInvokeConfig', scope),
  };
  const folder = path.dirname(path.resolve(file));
  return {
    functions,
    urls,
    read: (addresses) => {
      const known = urls.flatMap((url) => urlReferences(url, region, addresses.get(url.logicalId)));
      return readDefinitions(declared, withKnown(scope, known), folder);
    },
  };
}

const withKnown = (scope: Scope, references: readonly [string, string][]): Scope => ({
  ...scope,
  known: new Map([...scope.known, ...references]),
});

interface Declared extends Declarations {
  readonly aliases: readonly ResourceOfFunction[];
  readonly eventConfigs: readonly ResourceOfFunction[];
}

/** One that cannot be read does not keep the others from being read. */
function readDefinitions(
  { functions, urls, aliases, eventConfigs }: Declared,
  scope: Scope,
  folder: string,
): Definitions {
  const unreadable = new Map<string, string>();
  const readEach = <Item extends { readonly logicalId: string }, Definition>(
    items: readonly Item[],
    read: (item: Item) => Definition,
  ): Definition[] =>
    items.flatMap(
      (item) =>
        readIfPossible(
          () => read(item),
          (reason) => unreadable.set(item.logicalId, reason),
        ) ?? [],
    );
  const of = (owner: DeclaredFunction, resources: readonly ResourceOfFunction[]) =>
    resources.filter((resource) => resource.function === owner);
  return {
    functions: readEach(functions, (owner) =>
      readFunction(owner, { scope, folder, aliases: of(owner, aliases), eventConfigs: of(owner, eventConfigs) }),
    ),
    urls: readEach(urls, (url) => readUrl(url, scope)),
    unreadable,
  };
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(
      `Expected a SAM template at ${file}, but it cannot be read: ${reasonOf(cause)}. -t names another.`,
      { cause },
    );
  }
}
