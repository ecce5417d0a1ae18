export interface SimulationOptions {
  readonly requests: number;
  readonly requestsPerSecond: number;
  /** Seconds of one invocation; called once for each. */
  readonly duration: () => number;
  readonly concurrency: number;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * Requests at random (Poisson) to a function with a limit on its concurrency: each takes an idle environment, and gets a
 * 429 when there is none. The first fifth only fills the environments, and does not count.
 */
export function simulateLambda(options: SimulationOptions): { meanBusy: number; throttledShare: number } {
  const { requests, requestsPerSecond, duration, concurrency, random } = options;
  const busyUntil = new Array<number>(concurrency).fill(0);
  const warmUp = requests / 5;
  let now = 0;
  let countedFrom = 0;
  let busySeconds = 0;
  let throttled = 0;

  for (let request = 0; request < requests; request += 1) {
    now += exponential(random, 1 / requestsPerSecond);
    if (request < warmUp) countedFrom = now;
    const idle = busyUntil.findIndex((until) => until <= now);
    if (idle < 0) {
      if (request >= warmUp) throttled += 1;
      continue;
    }
    const seconds = duration();
    busyUntil[idle] = now + seconds;
    if (request >= warmUp) busySeconds += seconds;
  }
  return { meanBusy: busySeconds / (now - countedFrom), throttledShare: throttled / (requests - warmUp) };
}

export function exponential(random: () => number, mean: number): number {
  return -Math.log(1 - random()) * mean;
}
