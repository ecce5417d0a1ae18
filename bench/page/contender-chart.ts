import type { ContenderResult } from '../measure/everything';
import { estimateMedian } from '../statistics';
import { barChart, type BarChart } from './bar-chart';

/** One bar for each contender: the median over its rounds of what `values` takes from it. */
export function contenderChart(
  description: Omit<BarChart, 'bars'>,
  contenders: readonly ContenderResult[],
  values: (contender: ContenderResult) => readonly number[],
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
