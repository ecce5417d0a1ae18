/** `4 ms`, `10.0 s`, `2 min 5 s` */
export function duration(milliseconds: number): string {
  if (milliseconds < 0.95) return '< 1 ms';
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export function bytes(count: number): string {
  if (count < 1_024) return `${count} ${count === 1 ? 'byte' : 'bytes'}`;
  return count < 1_048_576 ? `${(count / 1_024).toFixed(1)} KB` : `${(count / 1_048_576).toFixed(1)} MB`;
}

/** `09:08:07`, by the clock of this machine. */
export const timeOfDay = (at: number): string => new Date(at).toTimeString().slice(0, 8);

export const preciseTime = (at: number): string =>
  `${timeOfDay(at)}.${String(Math.floor(at % 1_000)).padStart(3, '0')}`;

export const shortId = (id: string): string => id.slice(0, 8);

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
