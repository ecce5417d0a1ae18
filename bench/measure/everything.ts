import { bundle, type Bundle } from '../bundle';
import { alone, type Contender, contenders, empty, manyTasks, ours, samples, streamed } from '../contenders';
import { cpuShareOf } from '../runtime/cpu-share';
import { profile } from '../profile';
import type { BenchSize } from '../sizes';
import { type BackgroundResult, measureBackground } from './background';
import { measureClock } from './clock';
import { type ColdRound, measureCold, measureColdShare } from './cold';
import { measureQueueClients, type QueueClientResult } from './queue-clients';
import { type Garbage, measureGarbage } from './garbage';
import { type LocalComparison, measureLocal } from './local';
import { measureMemory } from './memory';
import { measureScale, type ScaleResult } from './scale';
import { measureStream, type StreamRound } from './stream';
import { measureEmpty, measureWarm, type WarmRound } from './warm';

export interface BenchResults {
  readonly size: BenchSize;
  /** In the order of the tables, the bare handler first. */
  readonly contenders: readonly ContenderResult[];
  /** The bare handler again, and the samples. */
  readonly cold: readonly ColdResult[];
  readonly alone: readonly Bundle[];
  /** Milliseconds of the clock's own side, one value a round. */
  readonly clock: readonly number[];
  /** Microseconds of CPU of an event that is answered with nothing, one value a round. */
  readonly emptyCpu: readonly number[];
  readonly background: BackgroundResult;
  /** A bare one, then ours beside it, and so on. */
  readonly streams: readonly StreamResult[];
  readonly queueClients: readonly QueueClientResult[];
  readonly scale: readonly ScaleResult[];
  readonly local: LocalComparison;
  /** Of our warm events, in text. */
  readonly profile: string;
}

/** One entry a round in each list; the rounds of the contenders belong together. */
export interface ContenderResult extends Pick<Contender, 'name' | 'role'> {
  readonly bytes: number;
  readonly gzippedBytes: number;
  readonly warm: readonly WarmRound[];
  /** MB */
  readonly memory: readonly number[];
  readonly garbage: Garbage;
}

export interface StreamResult extends Pick<Contender, 'name' | 'role'> {
  readonly rounds: readonly StreamRound[];
}

export interface ColdResult extends Pick<Contender, 'name' | 'role'> {
  readonly cold: readonly ColdRound[];
  /** Milliseconds to the first answer with the share of a processor that 128 MB have; empty where it cannot be limited. */
  readonly share: readonly number[];
}

/** Bundles into `folder` and measures one thing after the other. Rejects at the first wrong answer. */
export async function measureEverything(
  folder: string,
  size: BenchSize,
  onProgress: (what: string) => void,
): Promise<BenchResults> {
  onProgress('bundles');
  const bundleAll = async (all: readonly Contender[]) => {
    const bundles: Bundle[] = [];
    for (const contender of all) bundles.push(await bundle(contender, { folder }));
    return bundles;
  };
  const bundles = await bundleAll(contenders);
  const sampleBundles = await bundleAll(samples);
  const nothing = await bundle(empty, { folder });
  const [bareBundle = nothing] = bundles;

  onProgress("the clock's own side");
  const clock = await measureClock(bareBundle, size.warm.rounds, size.warm.events);
  onProgress('warm answer and turn-around');
  const warm = await measureWarm(bundles, size.warm);
  const emptyCpu = await measureEmpty(nothing, size.warm);
  onProgress('cold start');
  const coldBundles = [...bundles, ...sampleBundles];
  const cold = await measureCold(coldBundles, size.coldRounds);
  const share = await measureColdShare(coldBundles, size.coldShareRounds, cpuShareOf(128));
  onProgress('memory');
  const memory = await measureMemory(bundles, size.memory);
  onProgress('garbage');
  const garbage = new Map<Bundle, Garbage>();
  for (const measured of bundles) garbage.set(measured, await measureGarbage(measured, size.garbage));
  onProgress('background tasks');
  const background = await measureBackground(await bundle(manyTasks, { folder }), size.background);
  onProgress('a streamed body');
  const streams = await bundleAll(streamed);
  const stream = await measureStream(streams, size.stream);
  onProgress('queued tasks');
  const clients = await measureQueueClients(folder, size.queueClients);
  onProgress('scale on the local Lambda');
  const scale = await measureScale(size.scale);
  onProgress('local tools');
  const local = await measureLocal(folder, size.local);
  onProgress('profile');
  const profiled = await profile(ours.file, folder, size.profile);

  return {
    size,
    contenders: bundles.map((measured) => ({
      ...measured.contender,
      bytes: measured.bytes,
      gzippedBytes: measured.gzippedBytes,
      warm: warm.get(measured) ?? [],
      memory: memory.get(measured) ?? [],
      garbage: garbage.get(measured) ?? { allocated: Number.NaN, promoted: Number.NaN },
    })),
    cold: coldBundles.map((measured) => ({
      ...measured.contender,
      cold: cold.get(measured) ?? [],
      share: share.get(measured) ?? [],
    })),
    alone: await bundleAll(alone),
    streams: streams.map((measured) => ({ ...measured.contender, rounds: stream.get(measured) ?? [] })),
    ...{ clock, emptyCpu, background, queueClients: clients, scale, local, profile: profiled },
  };
}
