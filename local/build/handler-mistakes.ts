import { existsSync } from 'node:fs';
import path from 'node:path';
import { handlerModule, moduleExtensions } from './bundle';
import type { BuiltFunction } from './built-function';
import type { FunctionDefinition } from '../template/definition';

/**
 * Warns, given how its invocations end, of what is wrong with the Handler of a function, in the words of its template: once,
 * and again where one has ended otherwise since.
 */
export function handlerMistakes(
  declared: FunctionDefinition,
  built: BuiltFunction,
  onWarning: (message: string) => void,
): (ended: { readonly errorType?: string | undefined }) => void {
  let last: string | undefined;
  return ({ errorType }) => {
    const mistake = mistakeIn(declared, built, errorType);
    if (mistake !== undefined && mistake !== last) onWarning(mistake);
    last = mistake;
  };
}

/** Undefined where it is none of these, or the error says it better: what the module imports is not there, for instance. */
function mistakeIn(
  { logicalId, handler }: FunctionDefinition,
  { definition, codeFolder }: BuiltFunction,
  errorType: string | undefined,
): string | undefined {
  const said = `${logicalId} cannot start: its Handler in the template is ${handler},`;
  if (errorType === 'Runtime.HandlerNotFound') {
    return `${said} which is no function that the module exports: is it spelled so there, and does it end in .run()?`;
  }
  if (errorType !== 'Runtime.ImportModuleError') return undefined;
  const file = handlerModule(definition.handler);
  const isThere = moduleExtensions.some((extension) => existsSync(path.join(codeFolder, file + extension)));
  return isThere ? undefined : `${said} but there is no ${file}.js, .mjs or .cjs in ${codeFolder}.`;
}
