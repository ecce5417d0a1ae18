import type { ObservedLambda } from './local-lambda';
import { type Metrics, metricsIn, type LogRecord, recordsIn, type Report, reportsIn } from './function-records';

export interface Answer {
  readonly requestId: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** What an invocation has logged, from START to REPORT. */
export interface Observation {
  readonly lines: readonly string[];
  readonly records: readonly LogRecord[];
  /** The one report of the library; an invocation with none, or with two, is an error. */
  readonly report: Report;
  readonly metrics: Metrics;
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
  await lambda.waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${requestId}`));
  const lines = lambda.log.filter((line) => line.requestId === requestId).map(({ text }) => text);
  return {
    lines,
    // What is left of an earlier invocation may log while this one has thawed the environment.
    records: recordsIn(lines).filter((record) => record.function_request_id === requestId),
    report: only(reportsIn(lines), 'report', lines),
    metrics: only(metricsIn(lines), 'record of metrics', lines),
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  return { requestId: headers.get('x-amzn-requestid') ?? '', status, headers, body: await response.text() };
}

function only<Item>(items: readonly Item[], what: string, lines: readonly string[]): Item {
  const [item] = items;
  if (item === undefined || items.length > 1) {
    throw new Error(`Expected one ${what} an invocation, received ${items.length} in:\n${lines.join('\n')}`);
  }
  return item;
}
