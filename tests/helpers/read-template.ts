import path from 'node:path';
import type { FunctionDefinition } from '../../local/template/definition';
import { readTemplate } from '../../local/template/template';
import { folderWith } from './folder-with';

export interface ReadTemplate {
  readonly functions: readonly FunctionDefinition[];
  readonly warnings: readonly string[];
  readonly named: (logicalId: string) => FunctionDefinition;
}

/** What the local Lambda reads in a template's file. */
export async function readTemplateFile(
  file: string,
  parameterOverrides: Record<string, string> = {},
): Promise<ReadTemplate> {
  const warnings: string[] = [];
  const functions = await readTemplate(file, {
    parameterOverrides,
    region: 'eu-north-1',
    onWarning: (message) => warnings.push(message),
  });
  const named = (logicalId: string): FunctionDefinition => {
    const found = functions.find((definition) => definition.logicalId === logicalId);
    if (!found) throw new Error(`Expected a function ${logicalId}`);
    return found;
  };
  return { functions, named, warnings };
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
