import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { LogLine } from '../log/platform-log';

/** Where the log is printed. On a terminal its colours follow NO_COLOR and FORCE_COLOR, as those of Node.js itself do. */
export interface LogOutput extends Writable {
  readonly isTTY?: boolean;
}

/**
 * Prints lines of the log. On a terminal the platform's are dim, so that the function's stand out, and a message of
 * several lines, which the runtime client of AWS writes with carriage returns, is shown as such. Anywhere else they are
 * what CloudWatch would have, byte for byte.
 */
export function logPrinter(output: LogOutput): (line: LogLine) => void {
  const split = output.isTTY ? (text: string) => text.replaceAll('\r', '\n') : (text: string) => text;
  return ({ source, text }) => {
    output.write(`${source === 'platform' ? styleText('dim', text, { stream: output }) : split(text)}\n`);
  };
}
