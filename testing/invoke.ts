import type { EndedInvocation } from './ended-invocation';

/** What `aws lambda invoke` would show. */
export interface DirectAnswer {
  readonly requestId: string;
  /**
   * What the function answered, decoded from JSON, or as text where it is no JSON: the event of a URL or of an API is
   * answered by metadata prelude and body. The error where the function failed.
   */
  readonly payload: unknown;
  /** `Unhandled` where the function failed, else undefined. */
  readonly functionError: string | undefined;
  /** Resolves when the invocation has ended, after the background work. */
  readonly invocation: Promise<EndedInvocation>;
}

/**
 * Invokes a function by the Lambda API and resolves as soon as its answer is there. Rejects where the API refuses, for
 * instance a payload that is no JSON.
 */
export async function invoke(
  endpoint: { readonly apiUrl: string; readonly functionName: string },
  payload: unknown,
  invocation: (requestId: string) => Promise<EndedInvocation>,
): Promise<DirectAnswer> {
  const url = `${endpoint.apiUrl}/2015-03-31/functions/${endpoint.functionName}/invocations`;
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(payload) });
  const text = await response.text();
  if (!response.ok) throw new Error(`Expected ${endpoint.functionName} to be invoked, the Lambda API answered ${text}`);
  const requestId = response.headers.get('x-amzn-requestid') ?? '';
  return {
    requestId,
    payload: decoded(text),
    functionError: response.headers.get('x-amz-function-error') ?? undefined,
    invocation: invocation(requestId),
  };
}

function decoded(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
