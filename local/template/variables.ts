import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import type { FunctionDefinition } from './definition';
import { reasonOf, UserError } from '../user-error';

/** Variables by function (logical id or name), and under `Parameters` those for all functions. */
export type EnvironmentOverrides = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Reads the file of `--env-vars`, SAM's JSON: `{"LogicalId": {"KEY": "value"}}` or `{"Parameters": {"KEY": "value"}}`. */
export async function readEnvironmentOverrides(file: string): Promise<EnvironmentOverrides> {
  const read = v.safeParse(Overrides, await readJson(file), { abortEarly: true });
  if (read.success) return read.output;
  const [issue] = read.issues;
  const place = [file, v.getDotPath(issue)].filter(Boolean).join(': ');
  throw new UserError(`${place}: expected ${issue.message}, received ${kindOf(issue.input)}.`);
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

/** Values for every function that declares the variable. */
export const forAll = (variables: Readonly<Record<string, string>>): EnvironmentOverrides =>
  new Map([['Parameters', new Map(Object.entries(variables))]]);

/** Throws a UserError for a variable that no function declares: it would change nothing. */
export function assertDeclared(
  variables: Readonly<Record<string, string>>,
  definitions: readonly FunctionDefinition[],
): void {
  const declared = new Set(definitions.flatMap(({ environment }) => Object.keys(environment)));
  const unknown = Object.keys(variables).filter((name) => !declared.has(name));
  if (unknown.length === 0) return;
  const names = [...declared].join(', ') || 'none';
  throw new UserError(`Expected variables that the template declares (${names}), received ${unknown.join(', ')}.`);
}

function mapOf<Item>(item: v.GenericSchema<unknown, Item>) {
  const expected = 'an object such as {"LogicalId": {"KEY": "value"}}';
  return v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), expected),
    v.record(v.string(), item, expected),
    v.transform((record) => new Map(Object.entries(record))),
  );
}

const Value = v.pipe(
  v.union([v.string(), v.number(), v.boolean(), v.null()], 'a string, a number, a boolean or null'),
  v.transform((value) => (value === null ? '' : String(value))),
);

const Overrides = mapOf(mapOf(Value));

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    // What JSON.parse says quotes from the file, and so perhaps a secret.
    const reason = cause instanceof SyntaxError ? 'it is not JSON' : reasonOf(cause);
    throw new UserError(`Expected JSON with environment variables in ${file}: ${reason}.`, { cause });
  }
}

/** The kind only: values may be secrets, which have no place in an error message. */
function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : value === null ? 'null' : `a value of type ${typeof value}`;
}
