import type { BackgroundSize } from './measure/background';

import type { GarbageSize } from './measure/garbage';
import type { LocalSize } from './measure/local';
import type { MemorySize } from './measure/memory';
import type { QueueClientSize } from './measure/queue-clients';
import type { StreamSize } from './measure/stream';
import type { WarmSize } from './measure/warm';
import type { ProfileSize } from './profile';

/** How much is measured. */
export interface BenchSize {
  readonly warm: WarmSize;
  readonly coldRounds: number;
  /** Of cold starts with the share of a processor that 128 MB have. */
  readonly coldShareRounds: number;
  readonly memory: MemorySize;
  readonly garbage: GarbageSize;
  readonly background: BackgroundSize;
  readonly queueClients: QueueClientSize;
  readonly stream: StreamSize;
  /** Requests at once on the local Lambda. */
  readonly scale: readonly number[];
  readonly local: LocalSize;
  readonly profile: ProfileSize;
}

/** What docs/benchmarks.md is made from: less than ten minutes on two cores. */
export const full: BenchSize = {
  warm: { rounds: 12, warmUp: 300, events: 2_000 },
  coldRounds: 15,
  coldShareRounds: 5,
  memory: { rounds: 5, invocations: 1_000 },
  garbage: { warmUp: 1_000, invocations: 5_000 },
  background: { tasks: [1, 10, 100], manyTasks: 1_000, rounds: 20 },
  queueClients: { rounds: 5, events: 500 },
  stream: { rounds: 9, megabytes: 100, later: 3 },
  scale: [1, 10, 50, 100],
  local: { starts: 3, warmRequests: 5, atOnce: 100 },
  profile: { events: 5_000, rows: 25 },
};

/** For checks: every measurement once, every answer checked, in seconds. Its numbers mean nothing. */
export const short: BenchSize = {
  warm: { rounds: 1, warmUp: 5, events: 20 },
  coldRounds: 1,
  coldShareRounds: 1,
  memory: { rounds: 1, invocations: 10 },
  garbage: { warmUp: 5, invocations: 20 },
  background: { tasks: [1, 10], manyTasks: 100, rounds: 1 },
  queueClients: { rounds: 1, events: 10 },
  stream: { rounds: 1, megabytes: 2, later: 1 },
  scale: [1, 5],
  local: { starts: 1, warmRequests: 1, atOnce: 5 },
  profile: { events: 20, rows: 25 },
};
