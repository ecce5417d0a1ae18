import { bundle, type Bundle } from '../bundle';
import { bare, contenders, manyTasks, ours } from '../contenders';
import type { BenchSize } from '../sizes';
import { type BackgroundResult, measureBackground } from './background';
import { type ColdRound, measureCold } from './cold';
import { type Garbage, measureGarbage } from './garbage';
import { measureMemory } from './memory';
import { measureScale, type ScaleResult } from './scale';
import { measureWarm, type WarmRound } from './warm';

export interface BenchResults {
  readonly size: BenchSize;
  /** In the order of the tables, the bare handler first. */
  readonly contenders: readonly ContenderResult[];
  readonly background: BackgroundResult;
  readonly scale: readonly ScaleResult[];
}

/** One entry a round in each list; the rounds of the contenders belong together. */
export interface ContenderResult {
  readonly name: string;
  readonly role: 'bare' | 'ours' | 'peer';
  readonly bytes: number;
  readonly gzippedBytes: number;
  readonly warm: readonly WarmRound[];
  readonly cold: readonly ColdRound[];
  /** MB */
  readonly memory: readonly number[];
  readonly garbage: Garbage;
}

/** Bundles into `folder` and measures one thing after the other. Rejects at the first wrong answer. */
export async function measureEverything(
  folder: string,
  size: BenchSize,
  onProgress: (what: string) => void,
): Promise<BenchResults> {
  onProgress('bundles');
  const bundles: Bundle[] = [];
  for (const contender of contenders) bundles.push(await bundle(contender, { folder }));

  onProgress('warm answer and turn-around');
  const warm = await measureWarm(bundles, size.warm);
  onProgress('cold start');
  const cold = await measureCold(bundles, size.coldRounds);
  onProgress('memory');
  const memory = await measureMemory(bundles, size.memory);
  onProgress('garbage');
  const garbage = new Map<Bundle, Garbage>();
  for (const measured of bundles) garbage.set(measured, await measureGarbage(measured, size.garbage));
  onProgress('background tasks');
  const background = await measureBackground(await bundle(manyTasks, { folder }), size.background);
  onProgress('scale on the local Lambda');
  const scale = await measureScale(size.scale);

  return {
    size,
    contenders: bundles.map((measured) => ({
      name: measured.contender.name,
      role: roleOf(measured),
      bytes: measured.bytes,
      gzippedBytes: measured.gzippedBytes,
      warm: warm.get(measured) ?? [],
      cold: cold.get(measured) ?? [],
      memory: memory.get(measured) ?? [],
      garbage: garbage.get(measured) ?? { allocated: Number.NaN, promoted: Number.NaN },
    })),
    background,
    scale,
  };
}

function roleOf({ contender }: Bundle): ContenderResult['role'] {
  if (contender === bare) return 'bare';
  return contender === ours ? 'ours' : 'peer';
}
