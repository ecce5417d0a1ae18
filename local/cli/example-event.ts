import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/**
 * What curl is to send as an example, `@events/hello.json`: the first file in `events`, beside the template, that is a body
 * and no whole event of a URL or an API. Undefined where there is none, or its path would have to be quoted.
 */
export function exampleEvent(template = 'template.yaml'): string | undefined {
  const folder = path.join(path.dirname(template), 'events');
  const file = namesIn(folder).find((name) => name.endsWith('.json') && isBody(path.join(folder, name)));
  if (file === undefined) return undefined;
  const shown = path.join(folder, file);
  return /^[\w./-]+$/.test(shown) ? `@${shown}` : undefined;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function isBody(file: string): boolean {
  try {
    const { success, output } = v.safeParse(Json, readFileSync(file, 'utf8'));
    return success && !v.is(HttpEvent, output);
  } catch {
    return false;
  }
}

const Json = v.pipe(v.string(), v.parseJson());

const HttpEvent = v.looseObject({ requestContext: v.unknown() });
