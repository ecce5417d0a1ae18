import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expandLoops, findLanguageExtension } from './cloudformation/language-extensions';
import { childMap, textOf } from './cloudformation/nodes';
import type { MapNode } from './cloudformation/nodes';
import { pseudoParameters, resolveParameters } from './cloudformation/parameters';
import type { Scope } from './cloudformation/scope';
import { parseTemplate } from './cloudformation/yaml';
import type { FunctionDefinition } from './definition';
import { readFunction } from './function-definition';
import { reasonOf, UserError } from '../user-error';

export interface TemplateOptions {
  readonly parameterOverrides?: Readonly<Record<string, string>>;
  /** What AWS::Region stands for. */
  readonly region: string;
  readonly onWarning: (message: string) => void;
}

/** The Node.js functions that a template declares, without those whose Condition is false. */
export async function readTemplate(file: string, options: TemplateOptions): Promise<FunctionDefinition[]> {
  const root = parseTemplate(await readSource(file), file, options.onWarning);
  const scope = readScope(root, options);
  const context = {
    scope,
    globals: childMap(childMap(root, 'Globals'), 'Function'),
    folder: path.dirname(path.resolve(file)),
    onWarning: options.onWarning,
  };
  return [...scope.resources].flatMap(([logicalId, resource]) => readFunction(logicalId, resource, context) ?? []);
}

/** Loops come first, in CloudFormation too. */
function readScope(root: MapNode, { parameterOverrides = {}, region, onWarning }: TemplateOptions): Scope {
  const extension = findLanguageExtension(root);
  if (extension !== undefined && !transformsOf(root).includes('AWS::LanguageExtensions')) {
    onWarning(`${extension}: CloudFormation knows it only in a template with Transform: AWS::LanguageExtensions.`);
  }
  const parameters = new Map([
    ...resolveParameters(childMap(root, 'Parameters'), parameterOverrides),
    ...pseudoParameters(region),
  ]);
  const none = new Map<string, never>();
  const mappings = childMap(root, 'Mappings').entries;
  const before = { parameters, mappings, conditions: none, resources: none, known: none };
  const { entries: conditions } = expandLoops(childMap(root, 'Conditions'), before);
  const { entries: resources } = expandLoops(childMap(root, 'Resources'), { ...before, conditions });
  return { ...before, conditions, resources };
}

function transformsOf(root: MapNode): string[] {
  const transform = root.entries.get('Transform');
  const transforms = transform?.kind === 'list' ? transform.items : transform ? [transform] : [];
  return transforms.map((name) => textOf(name));
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`Expected a SAM template at ${file}, but it cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
