import {
  type GenericIssue,
  getDotPath,
  maxValue,
  minValue,
  number,
  optional,
  pipe,
  record,
  safeParse,
  strictObject,
  string,
} from 'valibot';

export interface TestLambdaOptions {
  /** `template.yaml` by default. */
  readonly template?: string;
  /** The logical id of the function that `fetch` and `invoke` call. May be left out where the template has one. */
  readonly function?: string;
  /** Values of variables that the template declares. One that it does not declare is an error. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Values of the template's parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
  /**
   * How long the end of an invocation is waited for, in seconds. By default as long as Lambda lets it last, and ten more
   * for its init.
   */
  readonly patience?: number;
  /**
   * Seconds before an asynchronous invocation that failed, that of a queued task for instance, is tried again; the second
   * time it is twice that. 60 by default, as on Lambda.
   */
  readonly retryDelay?: number;
}

/** Throws a TypeError for an option that there is not, or a value that it cannot have: JavaScript has no types to say so. */
export function assertOptions(options: TestLambdaOptions): void {
  const [issue] = safeParse(Options, options).issues ?? [];
  if (issue !== undefined) throw new TypeError(describe(issue));
}

// A timer of Node.js takes no more.
const mostSeconds = Math.floor((2 ** 31 - 1) / 1_000);
const expectedSeconds = `seconds, 0 to ${mostSeconds}`;
const seconds = pipe(number(), minValue(0, expectedSeconds), maxValue(mostSeconds, expectedSeconds));
const values = record(string(), string());
const entries = {
  template: optional(string()),
  function: optional(string()),
  variables: optional(values),
  parameters: optional(values),
  patience: optional(seconds),
  retryDelay: optional(seconds),
} satisfies Record<keyof TestLambdaOptions, unknown>;
const Options = strictObject(entries);

function describe(issue: GenericIssue): string {
  const name = getDotPath(issue) ?? 'the options';
  if (issue.expected === 'never') {
    return `Expected options of startLocalLambda (${Object.keys(entries).join(', ')}), received ${name}`;
  }
  const wanted = issue.kind === 'validation' ? issue.message : issue.expected;
  return `Expected ${name} to be ${wanted}, received ${issue.received}`;
}
