import { OutputEncodingError } from '../errors';

/** Throws an OutputEncodingError for what is no JSON: a BigInt, a cycle, `undefined`. */
export function encodeJson(output: unknown): string {
  const json = stringify(output);
  if (json === undefined) throw new OutputEncodingError(`Expected an output that is JSON, received ${typeof output}`);
  return json;
}

function stringify(output: unknown): string | undefined {
  try {
    return JSON.stringify(output);
  } catch (cause) {
    throw new OutputEncodingError('Expected an output that is JSON, received one that JSON.stringify refuses', {
      cause,
    });
  }
}
