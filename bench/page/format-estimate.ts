import type { Estimate } from '../statistics';

/** `0.26 (0.25 to 0.28)` */
export function formatEstimate({ value, low, high }: Estimate, digits: number): string {
  return `${value.toFixed(digits)} (${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
