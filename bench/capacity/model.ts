import { serversFor } from './erlang-b';
import type { Architecture, Prices } from './prices';

/** A steady load, day and night. */
export interface Load {
  readonly requestsPerSecond: number;
  /** From the start of an invocation to its answer. */
  readonly responseSeconds: number;
  /** Work after the answer. */
  readonly backgroundSeconds: number;
  readonly memoryMb: number;
  readonly architecture: Architecture;
  /** The share of requests that may be turned away with 429 when all of the reserved concurrency is busy. */
  readonly throttledShare: number;
}

/** What one way to carry the load takes. */
export interface Capacity {
  /** Execution environments busy, on average. */
  readonly environments: number;
  /** The reserved concurrency that turns away no more than asked. */
  readonly reservedConcurrency: number;
  readonly monthlyCost: number;
}

const secondsPerMonth = 730 * 3_600;

/** The work goes on in the invocation that has answered. */
export function inTheSameInvocation(load: Load, prices: Prices): Capacity {
  const { requestsPerSecond, responseSeconds, backgroundSeconds, throttledShare } = load;
  const environments = requestsPerSecond * (responseSeconds + backgroundSeconds);
  return {
    environments,
    reservedConcurrency: serversFor(environments, throttledShare),
    monthlyCost: secondsPerMonth * lambdaPerSecond(requestsPerSecond, environments, load, prices),
  };
}

export interface QueueOptions {
  /** What sending the message adds to the answer. */
  readonly sendSeconds: number;
  /** Messages that one invocation of the worker takes and works on side by side. */
  readonly batchSize: number;
}

/**
 * The function sends a message and ends; a second function, the worker, is invoked with what an event source mapping
 * reads from the queue. The worker may run late, never lose: it needs no more than keeps up with the mean.
 */
export function throughQueue(load: Load, { sendSeconds, batchSize }: QueueOptions, prices: Prices): Capacity {
  const { requestsPerSecond, responseSeconds, backgroundSeconds, throttledShare } = load;
  const answering = requestsPerSecond * (responseSeconds + sendSeconds);
  const batchesPerSecond = requestsPerSecond / batchSize;
  const working = batchesPerSecond * backgroundSeconds;
  return {
    environments: answering + working,
    reservedConcurrency: serversFor(answering, throttledShare) + Math.floor(working) + 1,
    monthlyCost:
      secondsPerMonth *
      (lambdaPerSecond(requestsPerSecond, answering, load, prices) +
        lambdaPerSecond(batchesPerSecond, working, load, prices) +
        prices.sqs.request * queueRequestsPerSecond(requestsPerSecond, batchesPerSecond)),
  };
}

/** Dollars a second, at so many invocations a second with so many environments busy. */
function lambdaPerSecond(
  invocations: number,
  environments: number,
  { memoryMb, architecture }: Load,
  { lambda }: Prices,
): number {
  return invocations * lambda.request + environments * (memoryMb / 1_024) * lambda.gbSecond[architecture];
}

/** Each message is sent by itself; a batch is received and deleted in one request each. */
function queueRequestsPerSecond(messages: number, batches: number): number {
  return messages + Math.max(batches, idlePolls) + batches;
}

/**
 * Lambda keeps five long polls of 20 seconds open on a queue, also when nothing comes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
const idlePolls = 5 / 20;
