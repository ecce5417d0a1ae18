import type { Writable } from 'node:stream';
import type { LogLine } from '../log/platform-log';

/** Where the log is printed, and what decides how. */
export interface LogOutput extends Writable {
  readonly isTTY?: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Prints lines of the log. On a terminal the platform's are dim, so that the function's stand out, and a message of
 * several lines, which the runtime client of AWS writes with carriage returns, is shown as such. Anywhere else they are
 * what CloudWatch would have, byte for byte.
 */
export function logPrinter(output: LogOutput, environment: Environment = process.env): (line: LogLine) => void {
  const isTerminal = output.isTTY === true;
  const dim = isColourful(isTerminal, environment) ? (text: string) => `\x1b[2m${text}\x1b[22m` : unchanged;
  const split = isTerminal ? (text: string) => text.replaceAll('\r', '\n') : unchanged;
  return ({ source, text }) => {
    output.write(`${source === 'platform' ? dim(text) : split(text)}\n`);
  };
}

const unchanged = (text: string): string => text;

/** @see https://force-color.org and https://no-color.org; where they differ the former wins, as in Node.js itself */
function isColourful(isTerminal: boolean, { FORCE_COLOR, NO_COLOR, TERM }: Environment): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTerminal && !NO_COLOR && TERM !== 'dumb';
}
