import { readFile } from 'node:fs/promises';
import type { FunctionDefinition } from './definition';
import { reasonOf, UserError } from '../user-error';

/** Variables by function (logical id or name), and under `Parameters` those for all functions. */
export type EnvironmentOverrides = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads the file of `--env-vars`, SAM's JSON: `{"LogicalId": {"KEY": "value"}}` or `{"Parameters": {"KEY": "value"}}`. */
export async function readEnvironmentOverrides(file: string): Promise<EnvironmentOverrides> {
  const groups = asRecord(await readJson(file), file);
  return new Map(
    groups.map(([name, variables]) => [
      name,
      new Map(
        asRecord(variables, `${file}: ${name}`).map(([key, value]) => [key, asText(value, `${file}: ${name}.${key}`)]),
      ),
    ]),
  );
}

/** The definition with the overridden values; a variable that the template does not declare stays out, as in SAM. */
export function overrideEnvironment(
  definition: FunctionDefinition,
  overrides: EnvironmentOverrides,
): FunctionDefinition {
  const own = overrides.get(definition.logicalId) ?? overrides.get(definition.name);
  const shared = overrides.get('Parameters');
  const environment = Object.fromEntries(
    Object.entries(definition.environment).map(([key, value]) => [key, own?.get(key) ?? shared?.get(key) ?? value]),
  );
  return { ...definition, environment };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    // What JSON.parse says quotes from the file, and so perhaps a secret.
    const reason = cause instanceof SyntaxError ? 'it is not JSON' : reasonOf(cause);
    throw new UserError(`Expected JSON with environment variables in ${file}: ${reason}.`, { cause });
  }
}

function asRecord(value: unknown, where: string): [string, unknown][] {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return Object.entries(value);
  throw new UserError(`${where}: expected an object such as {"LogicalId": {"KEY": "value"}}, got ${kindOf(value)}.`);
}

function asText(value: unknown, where: string): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new UserError(`${where}: expected a string, a number, a boolean or null, got ${kindOf(value)}.`);
}

/** The kind only: values may be secrets, which have no place in an error message. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a value of type ${typeof value}`;
}
