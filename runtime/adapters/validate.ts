import type { StandardSchemaV1 } from '@standard-schema/spec';
import { clipText } from '../clip-text';
import { BadRequestError, type Issue, typeName } from '../errors';
import { property } from '../request/read-property';

/** Throws a TypeError for what is no Standard Schema: told when the function loads, and not to its first caller. */
export function assertSchema(schema: Partial<StandardSchemaV1> | null | undefined): void {
  if (typeof schema?.['~standard']?.validate !== 'function') {
    throw new TypeError(`Expected a schema with ~standard.validate (standardschema.dev), received ${typeName(schema)}`);
  }
}

type Validation<Event> = StandardSchemaV1.Result<Event> | PromiseLike<StandardSchemaV1.Result<Event>>;

/**
 * Validates by a Standard Schema. A `large` input is validated to its first issue only, where the schema can do that:
 * Valibot takes 450 bytes of memory for each issue, and 800 KB may hold 400,000 of them, or ten times as many. The
 * standard itself has no way to ask for it.
 */
export function validate<Event>(
  schema: StandardSchemaV1<unknown, Event>,
  input: unknown,
  { large }: { readonly large: boolean },
): Validation<Event> {
  return large && isValibot(schema)
    ? schema['~run']({ value: input }, { abortEarly: true })
    : schema['~standard'].validate(input);
}

interface ValibotSchema<Event> {
  /** What its `~standard.validate` calls. */
  '~run'(dataset: { readonly value: unknown }, config: { readonly abortEarly: boolean }): Validation<Event>;
}

function isValibot<Event>(
  schema: StandardSchemaV1<unknown, Event>,
): schema is StandardSchemaV1<unknown, Event> & ValibotSchema<Event> {
  return schema['~standard'].vendor === 'valibot' && '~run' in schema;
}

/** Any thenable: not every library has promises of the native kind. */
export function isPending<Event>(
  validation: Validation<Event>,
): validation is PromiseLike<StandardSchemaV1.Result<Event>> {
  return typeof property(validation, 'then') === 'function';
}

/**
 * Throws a BadRequestError that tells of the first issues, and how many more there are. `expected` is how its message
 * begins, and is asked for only then.
 */
export function eventIn<Event>(result: StandardSchemaV1.Result<Event>, expected: () => string): Event {
  assertResult(result);
  if (result.issues) throw mismatch(result.issues, expected());
  return result.value;
}

function assertResult(result: unknown): void {
  if (
    typeof result === 'object' &&
    result !== null &&
    ('value' in result || Array.isArray(property(result, 'issues')))
  ) {
    return;
  }
  throw new TypeError(`Expected a schema that gives a value or an array of issues, received ${typeName(result)}`);
}

function mismatch(issues: readonly StandardSchemaV1.Issue[], expected: string): BadRequestError {
  const first: Issue[] = [];
  // No `slice` and no `map`: ArkType's issues are an array of a class of its own, which these would make another of.
  for (const { path, message } of issues) {
    if (first.length === mostIssues) break;
    first.push({ path: dotted(path), message });
  }
  return new BadRequestError(`${expected} at: ${where(first, issues.length)}`, {
    issues: first,
    moreIssues: issues.length - first.length,
  });
}

const mostIssues = 20;

function dotted(path: StandardSchemaV1.Issue['path'] = []): string {
  return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}

/** Where, not what: the runtime client logs this message, and an issue may quote what the caller sent. */
function where(issues: readonly Issue[], count: number): string {
  const paths = issues.slice(0, mostPaths).map(({ path }) => clipText(path, 150) || 'the event itself');
  return paths.join(', ') + (count > mostPaths ? `, and ${count - mostPaths} more` : '');
}

const mostPaths = 10;
