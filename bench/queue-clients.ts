import { type Contender, ours } from './contenders';

/** What a function can invoke itself with, and the same function without that: the difference is what it costs. */
export interface QueueClient {
  readonly enqueuing: Contender;
  readonly without: Contender;
}

const nothing: Contender = { name: 'no client', file: 'queue-clients/none.ts', role: 'peer' };

/** docs/decisions/0015 chooses among them. */
export const queueClients: readonly QueueClient[] = [
  { enqueuing: { name: '`context.enqueue`', file: 'enqueue.ts', role: 'ours' }, without: ours },
  client('`@smithy/signature-v4`', 'signature-v4.ts'),
  client('`@smithy/signature-v4`, its CommonJS', 'signature-v4.ts', ['main', 'module']),
  client('`aws4`', 'aws4.mjs'),
  client('`aws4fetch`, its signer alone', 'aws4fetch-signer.mjs'),
  client('`aws4fetch`', 'aws4fetch.mjs'),
  client('`@aws-sdk/client-lambda`', 'aws-sdk.ts'),
];

function client(name: string, file: string, mainFields?: string[]): QueueClient {
  const enqueuing = { name, file: `queue-clients/${file}`, role: 'peer' } as const;
  return { enqueuing: mainFields ? { ...enqueuing, mainFields } : enqueuing, without: nothing };
}
