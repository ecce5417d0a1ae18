import path from 'node:path';
import type { FunctionDefinition, FunctionUrlDefinition } from '../../local/template/definition';
import { readTemplate, type Definitions } from '../../local/template/template';
import { folderWith } from './folder-with';

export interface ReadTemplate extends Definitions {
  readonly warnings: readonly string[];
  /** A function; throws why it cannot be read. */
  readonly named: (logicalId: string) => FunctionDefinition;
  /** A Function URL; throws why it cannot be read. */
  readonly url: (logicalId: string) => FunctionUrlDefinition;
}

/** What the local Lambda reads in a template's file. */
export async function readTemplateFile(
  file: string,
  parameterOverrides: Record<string, string> = {},
  addresses = new Map<string, string>(),
): Promise<ReadTemplate> {
  const warnings: string[] = [];
  const template = await readTemplate(file, {
    parameterOverrides,
    region: 'eu-north-1',
    onWarning: (message) => warnings.push(message),
  });
  const definitions = template.read(addresses);
  const find = <Item extends { readonly logicalId: string }>(items: readonly Item[], id: string): Item => {
    const found = items.find(({ logicalId }) => logicalId === id);
    if (!found) throw new Error(definitions.unreadable.get(id) ?? `Expected ${id} in the template`);
    return found;
  };
  return {
    ...definitions,
    warnings,
    named: (logicalId) => find(definitions.functions, logicalId),
    url: (logicalId) => find(definitions.urls, logicalId),
  };
}

/** As readTemplateFile, for a template of one function `Hello`, its properties given as YAML indented by six spaces. */
export async function readHello(properties: string, rest = ''): Promise<ReadTemplate> {
  const source = `${rest}
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Hello:
    Type: AWS::Serverless::Function
    Properties:
${properties}`;
  const folder = await folderWith({ 'template.yaml': source });
  return await readTemplateFile(path.join(folder, 'template.yaml'));
}
