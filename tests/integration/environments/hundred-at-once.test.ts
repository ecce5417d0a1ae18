import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { folderWith } from '../../helpers/folder-with';
import { processEnded } from '../../helpers/processes';
import { closeAll, event, runningPool } from '../../helpers/running-pool';
import type { RunningPool } from '../../helpers/running-pool';

afterEach(closeAll);

/** One second of background work each; BACKGROUND_SECONDS=5 is for a machine with time to spare. */
const background = Number(process.env['BACKGROUND_SECONDS'] ?? 1);

test('100 requests at once are answered before any background work ends, and nothing is left of them', async () => {
  // However slow this machine is at starting 100 processes, the work of none may end before all are answered.
  const running = runningPool('environment.untilReleased', { timeout: 900 }, { idleSeconds: 1 });
  const release = join(await folderWith({}), 'release');
  const responses = await Promise.all(
    Array.from({ length: 100 }, async () => {
      const response = await running.pool.invoke(event({ release, background }));
      return { pid: Number(await text(response.body)), ended: response.ended };
    }),
  );
  expect(linesThatSay(running, 'background completed')).toBe(0);
  expect(linesThatSay(running, 'REPORT')).toBe(0);

  await writeFile(release, '');
  await Promise.all(responses.map(({ ended }) => ended));
  expect(linesThatSay(running, 'background completed')).toBe(100);
  expect(linesThatSay(running, 'REPORT')).toBe(100);
  expect(linesThatSay(running, 'Status')).toBe(0);
  expect(new Set(running.lines.map((line) => line.environmentId)).size).toBe(100);

  await Promise.all(responses.map(({ pid }) => processEnded(pid)));
}, 300_000);

const linesThatSay = ({ lines }: RunningPool, said: string): number =>
  lines.filter((line) => line.text.includes(said)).length;
