/** An estimate and the 95% interval around it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The q-th quantile, 0 to 1, with linear interpolation between neighbours. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position - Math.floor(position));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** How far rounds lie apart: from their first quartile to their third, as a part of their median. */
export function spread(rounds: readonly number[]): number {
  return (quantile(rounds, 0.75) - quantile(rounds, 0.25)) / median(rounds);
}

/**
 * The median over rounds with a 95% interval by the percentile bootstrap: the middle of the medians of rounds drawn with
 * replacement. Rounds, not events, since events of one process are not independent.
 */
export function estimateMedian(rounds: readonly number[], resamples = 2_000): Estimate {
  const random = seededRandom(rounds.length);
  const medians = Array.from({ length: resamples }, () =>
    median(rounds.map(() => rounds[Math.floor(random() * rounds.length)] ?? Number.NaN)),
  );
  return { value: median(rounds), low: quantile(medians, 0.025), high: quantile(medians, 0.975) };
}

/** Of each round by itself: what slows a whole round down slows both sides of its ratio. */
export function estimateRatio(rounds: readonly number[], baseline: readonly number[]): Estimate {
  return estimateMedian(rounds.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}

/** Of each round by itself, as a ratio. */
export function estimateDifference(rounds: readonly number[], baseline: readonly number[]): Estimate {
  return estimateMedian(rounds.map((value, round) => value - (baseline[round] ?? Number.NaN)));
}

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
