/** The account number is the one of AWS's own examples. */
export const functionArn = (region: string, name: string, qualifier?: string): string =>
  `arn:aws:lambda:${region}:123456789012:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`;

/**
 * A function as AWS lets one name it: by its name, a partial ARN (`123456789012:function:name`) or a whole one, each with
 * or without a qualifier. Any region and account will do: there is but one of each here.
 */
export function parseFunctionName(text: string): { name: string; qualifier: string | undefined } | undefined {
  const [, name, qualifier] = pattern.exec(text) ?? [];
  return name === undefined ? undefined : { name, qualifier };
}

const pattern =
  /^(?:arn:[\w-]+:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\d:)?(?:\d{12}:)?(?:function:)?([\w-]+)(?::(\$LATEST|[\w-]+))?$/;
