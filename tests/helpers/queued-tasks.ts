import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import * as v from 'valibot';
import { type LocalLambda, type LocalLambdaOptions, startLocalLambda } from '../../local/local-lambda';
import { type EndedInvocation, reportIn } from '../../testing/ended-invocation';
import { folderWith } from './folder-with';

export interface Shop {
  readonly lambda: LocalLambda;
  /** Every invocation that has ended so far, those included that came out of the queue. */
  readonly ended: readonly EndedInvocation[];
  /** Lines of JSON that functions have logged so far. */
  readonly records: readonly LogRecord[];
  readonly order: (order: Order, functionName?: string) => Promise<Ordered>;
  /** Resolves as soon as it holds; it is asked again after each line and each end of an invocation. */
  readonly until: (holds: () => boolean) => Promise<void>;
  /** The records of a task's attempts. */
  readonly attempts: (id: string, message?: 'attempt' | 'done') => LogRecord[];
  /** Resolves to the invocation that answered this order, once it has ended. */
  readonly endOf: (ordered: Ordered) => Promise<EndedInvocation>;
  /** Resolves to the invocations that have run this task out of the queue, once there are so many. */
  readonly deliveries: (id: string, count: number) => Promise<EndedInvocation[]>;
}

export type LogRecord = Readonly<Record<string, unknown>>;

export interface Order {
  readonly by: string;
  readonly work?: string;
}

export interface Ordered {
  readonly status: number;
  readonly requestId: string;
  readonly id: string;
  readonly refusal: string | undefined;
}

const Logged = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()));

const Answer = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ id: v.optional(v.string()), refusal: v.optional(v.string()) }),
);

const running: LocalLambda[] = [];

afterAll(async () => {
  await Promise.all(running.map((lambda) => lambda.close()));
});

/** The functions of tests/fixtures/queued-tasks, where a failed event is tried again within milliseconds. */
export async function startShop({ variables, ...options }: LocalLambdaOptions = {}): Promise<Shop> {
  const ended: EndedInvocation[] = [];
  const records: LogRecord[] = [];
  const lines = new Map<string, string[]>();
  const news = new EventEmitter<{ news: [] }>().setMaxListeners(Infinity);
  const lambda = await startLocalLambda({
    template: join(__dirname, '../fixtures/queued-tasks/template.yaml'),
    port: 0,
    apiPort: 0,
    retryDelay: 0.01,
    ...options,
    variables: { ATTEMPTS_FOLDER: await folderWith({}), ...variables },
    onLog: ({ requestId, text }) => {
      if (requestId !== undefined) lines.set(requestId, [...(lines.get(requestId) ?? []), text]);
      const record = v.safeParse(Logged, text);
      if (record.success) records.push(record.output);
      news.emit('news');
    },
    onEnd: ({ requestId, status, duration }) => {
      const log = lines.get(requestId) ?? [];
      // Each attempt of an event has the same request id.
      lines.delete(requestId);
      ended.push({ requestId, status, durationMs: duration, report: reportIn(log, requestId), log });
      news.emit('news');
    },
  });
  running.push(lambda);

  const until: Shop['until'] = (holds) =>
    new Promise((resolve) => {
      const look = () => {
        if (!holds()) return;
        news.off('news', look);
        resolve();
      };
      news.on('news', look);
      look();
    });
  const attempts: Shop['attempts'] = (id, message = 'attempt') =>
    records.filter((record) => record['message'] === message && record['id'] === id);
  const delivered = (id: string) => ended.filter(({ report }) => report?.queuedTask?.id === id);
  return {
    lambda,
    ended,
    records,
    until,
    attempts,
    order: async (order, functionName = 'Shop') => {
      const url = lambda.functionUrls.find((served) => served.functionName === functionName)?.url ?? '';
      const response = await fetch(url, { method: 'POST', body: JSON.stringify(order) });
      const text = await response.text();
      const answer = response.ok ? v.parse(Answer, text) : {};
      const requestId = response.headers.get('x-amzn-requestid') ?? '';
      return { status: response.status, requestId, id: answer.id ?? '', refusal: answer.refusal };
    },
    endOf: async ({ requestId }) => {
      const found = () => ended.find((invocation) => invocation.requestId === requestId);
      await until(() => found() !== undefined);
      return must(found());
    },
    deliveries: async (id, count) => {
      await until(() => delivered(id).length >= count);
      return delivered(id);
    },
  };
}

function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('Expected a value');
  return value;
}
