import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { EventFile } from '../state';

const mostFiles = 50;
const mostBytes = 262_144;

/** The JSON files of the folder, by name; none where there is no such folder. */
export async function readEventFiles(folder: string): Promise<EventFile[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json')).sort();
  const read = await Promise.all(files.slice(0, mostFiles).map((name) => readEventFile(folder, name)));
  return read.filter((file) => file !== undefined);
}

async function readEventFile(folder: string, name: string): Promise<EventFile | undefined> {
  const file = path.join(folder, name);
  try {
    const { size } = await stat(file);
    return size > mostBytes ? undefined : { name, content: await readFile(file, 'utf8') };
  } catch {
    return undefined;
  }
}
