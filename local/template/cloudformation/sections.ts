import { expandLoops, findLanguageExtension } from './language-extensions';
import { childMap, textOf } from './nodes';
import type { MapNode } from './nodes';
import { pseudoParameters, resolveParameters } from './parameters';
import type { Scope } from './scope';

export interface TemplateOptions {
  readonly parameterOverrides?: Readonly<Record<string, string>>;
  /** What AWS::Region stands for. */
  readonly region: string;
  /** Told of what the template has that CloudFormation refuses, or that does not run here. */
  readonly onWarning: (message: string) => void;
}

/** What a template's intrinsics may refer to, its loops expanded: they come first in CloudFormation too. */
export function readSections(root: MapNode, { parameterOverrides = {}, region, onWarning }: TemplateOptions): Scope {
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
