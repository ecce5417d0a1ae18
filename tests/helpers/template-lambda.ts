import path from 'node:path';
import type { LocalLambdaOptions } from '../../local/local-lambda';
import { folderWith } from './folder-with';
import { startObservedLambda, type ObservedLambda } from './local-lambda';

export interface TemplateLambda extends ObservedLambda {
  readonly warnings: readonly string[];
  /** Where the Function URL of a function is served. */
  readonly urlOf: (functionName: string) => string;
  /** Invokes a function as a client of the Lambda API does. */
  readonly invoke: (name: string, payload?: unknown) => Promise<Response>;
}

/** A local Lambda of a template of its own; `files` are its handlers and whatever else is in its folder. */
export async function startTemplate(
  template: string,
  files: Readonly<Record<string, string>> = {},
  options: LocalLambdaOptions = {},
): Promise<TemplateLambda> {
  const folder = await folderWith({ 'template.yaml': template, ...files });
  const warnings: string[] = [];
  const lambda = await startObservedLambda({
    ...options,
    template: path.join(folder, 'template.yaml'),
    onWarning: (message) => warnings.push(message.replaceAll(`${folder}/`, '')),
  });
  return {
    ...lambda,
    warnings,
    urlOf: (functionName) => {
      const found = lambda.functionUrls.find((candidate) => candidate.functionName === functionName);
      if (!found) throw new Error(`Expected ${functionName} to have a Function URL`);
      return found.url;
    },
    invoke: (name, payload = {}) =>
      fetch(`${lambda.apiUrl}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
        method: 'POST',
        body: JSON.stringify(payload),
      }),
  };
}

/** A handler that answers with what it knows of itself: its variables, and the ARN by which it was invoked. */
export const tellsOfItself = `exports.handler = async (event, { invokedFunctionArn }) =>
  JSON.stringify({ invokedFunctionArn, variables: process.env });`;
