import type { BackgroundSize } from './measure/background';
import type { GarbageSize } from './measure/garbage';
import type { MemorySize } from './measure/memory';
import type { WarmSize } from './measure/warm';

/** How much is measured. */
export interface BenchSize {
  readonly warm: WarmSize;
  readonly coldRounds: number;
  readonly memory: MemorySize;
  readonly garbage: GarbageSize;
  readonly background: BackgroundSize;
  /** Requests at once on the local Lambda. */
  readonly scale: readonly number[];
}

/** What docs/benchmarks.md is made from: some minutes on two cores. */
export const full: BenchSize = {
  warm: { rounds: 15, warmUp: 300, events: 2_000 },
  coldRounds: 25,
  memory: { rounds: 5, invocations: 1_000 },
  garbage: { warmUp: 1_000, invocations: 5_000 },
  background: { tasks: [1, 10, 100], manyTasks: 1_000, rounds: 20 },
  scale: [1, 10, 50, 100, 200],
};

/** For checks: every measurement once, every answer checked, in seconds. Its numbers mean nothing. */
export const short: BenchSize = {
  warm: { rounds: 1, warmUp: 5, events: 20 },
  coldRounds: 1,
  memory: { rounds: 1, invocations: 10 },
  garbage: { warmUp: 5, invocations: 20 },
  background: { tasks: [1, 10], manyTasks: 100, rounds: 1 },
  scale: [1, 5],
};
