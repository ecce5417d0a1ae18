import type { SQS } from '@aws-sdk/client-sqs';
import { UserError } from '../user-error';
import { callAws } from './aws-call';
import { sqsClient } from './aws-clients';

export interface Message {
  readonly id: string;
  /** By which it is deleted or shown again: of this receipt only. */
  readonly receipt: string;
  readonly body: string;
}

/** Seconds for which a message is hidden from others. Longer than a redrive may take for one, retries included. */
export const HIDDEN_SECONDS = 300;

/** The SQS queue that is the on-failure destination. Every call that fails rejects with an AwsCallError. */
export class FailedQueue {
  readonly #sqs: SQS;
  readonly #url: string;
  readonly #name: string;

  private constructor(sqs: SQS, url: string, name: string) {
    this.#sqs = sqs;
    this.#url = url;
    this.#name = name;
  }

  /** By its name, its URL or its ARN. Throws a UserError where it is none of these. */
  static async open(named: string): Promise<FailedQueue> {
    const { region, url, name, account } = parse(named);
    const sqs = await sqsClient(region);
    if (url !== undefined) return new FailedQueue(sqs, url, name);
    const asked = { QueueName: name, ...(account === undefined ? {} : { QueueOwnerAWSAccountId: account }) };
    const { QueueUrl = '' } = await callAws({ permission: 'sqs:GetQueueUrl', on: `queue ${name}` }, () =>
      sqs.getQueueUrl(asked),
    );
    return new FailedQueue(sqs, QueueUrl, name);
  }

  /** Hides up to `most` messages, ten at most, and resolves to them: to none when there is none. */
  async receive(most: number): Promise<Message[]> {
    const { Messages = [] } = await this.#call('sqs:ReceiveMessage', (QueueUrl) =>
      this.#sqs.receiveMessage({
        QueueUrl,
        MaxNumberOfMessages: most,
        VisibilityTimeout: HIDDEN_SECONDS,
        // Without a wait SQS asks some of its servers only, and may find nothing where there is something.
        WaitTimeSeconds: 1,
      }),
    );
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '' }) => ({
      id: MessageId,
      receipt: ReceiptHandle,
      body: Body,
    }));
  }

  async delete({ receipt }: Message): Promise<void> {
    await this.#call('sqs:DeleteMessage', (QueueUrl) => this.#sqs.deleteMessage({ QueueUrl, ReceiptHandle: receipt }));
  }

  /** Shows messages again that have been received. */
  async release(receipts: Iterable<string>): Promise<void> {
    const entries = Array.from(receipts, (receipt, index) => ({
      Id: `${index}`,
      ReceiptHandle: receipt,
      VisibilityTimeout: 0,
    }));
    for (let start = 0; start < entries.length; start += 10) {
      await this.#call('sqs:ChangeMessageVisibility', (QueueUrl) =>
        this.#sqs.changeMessageVisibilityBatch({ QueueUrl, Entries: entries.slice(start, start + 10) }),
      );
    }
  }

  close(): void {
    this.#sqs.destroy();
  }

  #call<Answer>(permission: string, ask: (queueUrl: string) => Promise<Answer>): Promise<Answer> {
    return callAws({ permission, on: `queue ${this.#name}` }, () => ask(this.#url));
  }
}

interface QueueAddress {
  readonly name: string;
  readonly url?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}

function parse(named: string): QueueAddress {
  const [, region, account, name] = /^arn:[\w-]+:sqs:([\w-]+):(\d{12}):([\w-]+)$/.exec(named) ?? [];
  if (name !== undefined) return { name, region, account };
  const [url, nameInUrl] = /^https?:\/\/.+\/([\w-]+)$/.exec(named) ?? [];
  // The SDK asks the server that the URL names, and must sign for its region.
  if (nameInUrl !== undefined)
    return { name: nameInUrl, url, region: /\bsqs\.([a-z]+-[a-z-]+-\d+)\./.exec(named)?.[1] };
  if (/^[\w-]{1,80}$/.test(named)) return { name: named };
  throw new UserError(`Expected the name, the URL or the ARN of an SQS queue, received ${named}`);
}
