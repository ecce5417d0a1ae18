import fc from 'fast-check';
import { type InferOutput, is, object, optional, string } from 'valibot';
import type { Step } from '../fixtures/failures/step';
import type { Observation } from './invocations';

type UnsettledOp = 'wait for the abort' | 'never settle';

/**
 * Any sequence of the steps of programs.ts, tasks within tasks included; `unsettled` are the steps of those that take an
 * invocation to its deadline. Task names are unique within a program: they tell the place in it.
 */
export function anyProgram(
  unsettled: readonly UnsettledOp[] = ['wait for the abort', 'never settle'],
): fc.Arbitrary<Step[]> {
  return fc.array(step(2, unsettled), { maxLength: 6 }).map((steps) => numbered(steps, 'task'));
}

/** What truly happened in a program until its report was written, as the program logged it. */
export function truthOf({ records }: Observation): InferOutput<typeof Truth>[] {
  const reported = records.findIndex(({ message }) => message === 'Invocation report');
  return records.slice(0, reported).flatMap(({ truth }) => (is(Truth, truth) ? [truth] : []));
}

const Truth = object({ event: string(), name: optional(string()) });

function step(depth: number, unsettled: readonly UnsettledOp[]): fc.Arbitrary<Step> {
  const ms = fc.integer({ min: 0, max: 10 });
  const leaves: fc.WeightedArbitrary<Step>[] = [
    { weight: 6, arbitrary: fc.constant({ op: 'write' }) },
    { weight: 3, arbitrary: fc.constant({ op: 'throw' }) },
    { weight: 5, arbitrary: fc.record({ op: fc.constant('sleep' as const), ms }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('reject untracked' as const), ms }) },
    { weight: 2, arbitrary: fc.record({ op: fc.constant('throw in a timer' as const), ms }) },
    ...unsettled.map((op) => ({ weight: 1, arbitrary: fc.constant({ op }) })),
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const register = fc.record({
    op: fc.constant('register' as const),
    name: fc.constant(''),
    lazily: fc.boolean(),
    steps: fc.array(step(depth - 1, unsettled), { maxLength: 3 }),
  });
  return fc.oneof(...leaves, { weight: 6, arbitrary: register });
}

function numbered(steps: readonly Step[], prefix: string): Step[] {
  return steps.map((one, index) => {
    const name = `${prefix}.${index}`;
    return one.op === 'register' ? { ...one, name, steps: numbered(one.steps, name) } : one;
  });
}
