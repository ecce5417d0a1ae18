import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { reasonOf, UserError } from '../user-error';

/** The event that `--event` names, checked to be JSON: a file, `-` for stdin, or an empty object when it is left out. */
export async function readEvent(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return Buffer.from('{}');
  const event = await readBytes(file);
  try {
    JSON.parse(event.toString());
  } catch (cause) {
    throw new UserError(`--event ${file}: expected JSON, got something else: ${reasonOf(cause)}`, { cause });
  }
  return event;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await (file === '-' ? buffer(process.stdin) : readFile(file));
  } catch (cause) {
    throw new UserError(`--event ${file}: expected a file with JSON: ${reasonOf(cause)}`, { cause });
  }
}
