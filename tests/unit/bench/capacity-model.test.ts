import { erlangB, serversFor } from '../../../bench/capacity/erlang-b';
import { inTheSameInvocation, type Load, throughQueue } from '../../../bench/capacity/model';
import { listPrices } from '../../../bench/capacity/prices';
import { seededRandom } from '../../../bench/statistics';
import { exponential, simulateLambda, simulateQueue } from '../../helpers/lambda-simulation';

const load: Load = {
  requestsPerSecond: 5,
  responseSeconds: 0.01,
  backgroundSeconds: 10,
  memoryMb: 128,
  architecture: 'arm64',
  throttledShare: 0.01,
};
const seconds = load.responseSeconds + load.backgroundSeconds;
const inTurn = { sendSeconds: 0.01, batchSize: 1 };

describe('the environments held', () => {
  it('are what a simulation of requests at random holds on average', () => {
    const { meanBusy } = simulate({ duration: () => seconds, concurrency: 1_000 });
    expect(inTheSameInvocation(load, listPrices).environments / meanBusy).toBeCloseTo(1, 1);
  });

  it('do not depend on how the durations are distributed', () => {
    const random = seededRandom(2);
    const { meanBusy } = simulate({ duration: () => exponential(random, seconds), concurrency: 1_000 });
    expect(inTheSameInvocation(load, listPrices).environments / meanBusy).toBeCloseTo(1, 1);
  });
});

describe('the reserved concurrency', () => {
  const { reservedConcurrency } = inTheSameInvocation(load, listPrices);
  const durations = [
    ['all equal', () => seconds],
    ['exponential', exponentialDuration(3)],
  ] as const;

  it.each(durations)('turns away no more requests than asked in a simulation, with durations %s', (_, duration) => {
    const { throttledShare } = simulate({ duration, concurrency: reservedConcurrency });
    expect(throttledShare).toBeLessThan(load.throttledShare * 1.2);
  });

  it.each(durations)(
    'is hardly more than needed: a tenth less turns away too many, with durations %s',
    (_, duration) => {
      const { throttledShare } = simulate({ duration, concurrency: Math.floor(reservedConcurrency * 0.9) });
      expect(throttledShare).toBeGreaterThan(load.throttledShare * 2);
    },
  );

  it('of the worker lets it keep up with the queue', () => {
    const small = { ...load, requestsPerSecond: 0.55 };
    const { reservedConcurrency: both } = throughQueue(small, inTurn, listPrices);
    const workers = both - serversFor(small.requestsPerSecond * 0.02, small.throttledShare);
    expect(workers).toBe(6);
    const options = { requests: 40_000, requestsPerSecond: 0.55, duration: () => 10, random: seededRandom(4) };
    const waits = simulateQueue({ ...options, workers });
    const tooFew = simulateQueue({ ...options, workers: workers - 1 });
    expect(mean(waits.slice(-10_000))).toBeLessThan(60);
    expect(mean(tooFew.slice(-10_000))).toBeGreaterThan(1_000);
  });

  it('follows the table of Erlang B: 10 erlangs and 15 servers turn away 3.65%', () => {
    expect(erlangB(10, 15)).toBeCloseTo(0.0365, 4);
    expect(serversFor(10, 0.0365)).toBe(15);
  });
});

describe('the monthly cost', () => {
  const busy: Load = { ...load, requestsPerSecond: 50 };
  const requests = 50 * 730 * 3_600;

  it('is every request, and every second of it at its memory', () => {
    const { monthlyCost } = inTheSameInvocation(busy, listPrices);
    const gbSeconds = requests * 10.01 * 0.125;
    expect(monthlyCost).toBeCloseTo((requests / 1e6) * 0.2 + gbSeconds * 0.0000133334, 2);
  });

  it('is a quarter more for the duration on x86', () => {
    const duration = ({ monthlyCost }: { monthlyCost: number }) => monthlyCost - (requests / 1e6) * 0.2;
    const arm = duration(inTheSameInvocation(busy, listPrices));
    const x86 = duration(inTheSameInvocation({ ...busy, architecture: 'x86_64' }, listPrices));
    expect(x86 / arm).toBeCloseTo(1.25, 3);
  });

  it('through SQS adds a second invocation and three requests to the queue for each message', () => {
    const queue = throughQueue(busy, { ...inTurn, sendSeconds: 0 }, listPrices);
    const same = inTheSameInvocation(busy, listPrices);
    expect(queue.monthlyCost - same.monthlyCost).toBeCloseTo((requests / 1e6) * (0.2 + 3 * 0.4), 2);
  });

  it('through SQS is less where a worker waits for a whole batch at once', () => {
    const batches = throughQueue(busy, { ...inTurn, batchSize: 10 }, listPrices);
    expect(batches.monthlyCost).toBeLessThan(inTheSameInvocation(busy, listPrices).monthlyCost / 5);
  });
});

function simulate(options: { readonly duration: () => number; readonly concurrency: number }) {
  return simulateLambda({
    requests: 200_000,
    requestsPerSecond: load.requestsPerSecond,
    random: seededRandom(1),
    ...options,
  });
}

function exponentialDuration(seed: number): () => number {
  const random = seededRandom(seed);
  return () => exponential(random, seconds);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
