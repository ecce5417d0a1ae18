import type { Contender } from '../contenders';
import { estimateMedian } from '../statistics';
import { barChart, type BarChart } from './bar-chart';

/** One bar for each contender: the median over its rounds of what `values` takes from it. */
export function contenderChart<Result extends Pick<Contender, 'name' | 'role'>>(
  description: Omit<BarChart, 'bars'>,
  contenders: readonly Result[],
  values: (contender: Result) => readonly number[],
): string {
  return barChart({
    ...description,
    bars: contenders.map((contender) => ({
      label: contender.name,
      estimate: estimateMedian(values(contender)),
      highlighted: contender.role === 'ours',
    })),
  });
}
