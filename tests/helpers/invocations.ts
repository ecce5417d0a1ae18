import type { ObservedLambda } from './local-lambda';
import { type Observation, observationOf } from './function-records';

export type { Observation } from './function-records';

export interface Answer {
  readonly requestId: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export async function callUrl(lambda: ObservedLambda, name: string, input: object, method = 'POST'): Promise<Answer> {
  const url = lambda.functionUrls.find(({ functionName }) => functionName === name)?.url;
  if (url === undefined) throw new Error(`Expected a function URL of ${name}`);
  if (method === 'GET' || method === 'HEAD') {
    const query = Object.entries(input).map(
      ([key, value]: [string, unknown]) => `${key}=${encodeURIComponent(String(value))}`,
    );
    return answerOf(await fetch(`${url}?${query.join('&')}`, { method }));
  }
  const headers = { 'content-type': 'application/json' };
  return answerOf(await fetch(url, { method, headers, body: JSON.stringify(input) }));
}

/** As `aws lambda invoke` does. */
export async function callApi(lambda: ObservedLambda, name: string, input: unknown): Promise<Answer> {
  const url = `${lambda.apiUrl}/2015-03-31/functions/${name}/invocations`;
  return answerOf(await fetch(url, { method: 'POST', body: JSON.stringify(input) }));
}

/** Waits for the end of the invocation. */
export async function observe(lambda: ObservedLambda, requestId: string): Promise<Observation> {
  return observationOf(await lambda.ended(requestId));
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { requestId: headers.get('x-amzn-requestid') ?? '', status, headers, body: await response.text() };
}
