import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FunctionDefinition } from './definition';
import { readFunction } from './function-definition';
import { pseudoParameters, resolveParameters } from './cloudformation/parameters';
import { childMap } from './cloudformation/nodes';
import { parseTemplate } from './cloudformation/yaml';
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
  const resources = childMap(root, 'Resources');
  const context = {
    scope: {
      parameters: new Map([
        ...resolveParameters(childMap(root, 'Parameters'), options.parameterOverrides ?? {}),
        ...pseudoParameters(options.region),
      ]),
      conditions: childMap(root, 'Conditions').entries,
      mappings: childMap(root, 'Mappings').entries,
      resources: resources.entries,
    },
    globals: childMap(childMap(root, 'Globals'), 'Function'),
    folder: path.dirname(path.resolve(file)),
    onWarning: options.onWarning,
  };
  return [...resources.entries].flatMap(([logicalId, resource]) => readFunction(logicalId, resource, context) ?? []);
}

async function readSource(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new UserError(`Expected a SAM template at ${file}, but it cannot be read: ${reasonOf(cause)}.`, { cause });
  }
}
