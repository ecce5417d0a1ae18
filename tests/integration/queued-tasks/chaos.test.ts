import { setTimeout as sleep } from 'node:timers/promises';
import { runtimeClients } from '../../helpers/runtime-clients';
import { startShop } from '../../helpers/queued-tasks';

const requests = Number(process.env['CHAOS_REQUESTS'] ?? 200);

test.each(runtimeClients)(
  `on %s, of ${requests} tasks none is lost while environments are killed`,
  async (_, ric) => {
    const pids = new Set<number>();
    let kills = 0;
    const shop = await startShop({
      ric,
      // In the middle of whatever the environment does then: one that answers, one that runs a task, one that waits.
      onPhase: () => {
        if (Math.random() > 0.06) return;
        const victims = [...pids];
        const victim = victims[Math.floor(Math.random() * victims.length)];
        if (victim === undefined) return;
        pids.delete(victim);
        if (killed(victim)) kills += 1;
      },
    });
    const accepted: string[] = [];
    let begun = 0;
    const caller = async (): Promise<void> => {
      while (begun < requests) {
        begun += 1;
        // One whose environment is killed before the answer has no answer, and nothing was promised.
        const ordered = await shop.order({ by: 'enqueue' }).catch(() => undefined);
        for (const pid of pidsIn(shop.records)) pids.add(pid);
        if (ordered?.status === 200 && ordered.refusal === undefined && ordered.id !== '') accepted.push(ordered.id);
      }
    };
    await Promise.all(Array.from({ length: 10 }, caller));

    const lost = () => {
      const kept = new Set<unknown>();
      for (const { message, id, record } of shop.records) {
        if (message === 'done') kept.add(id);
        if (message !== 'in the destination') continue;
        for (const found of JSON.stringify(record).match(uuid) ?? []) kept.add(found);
      }
      return accepted.filter((id) => !kept.has(id));
    };
    // What has left the queue may still be on its way to the destination.
    for (let empty = 0; lost().length > 0 && empty < 100;) {
      empty = shop.lambda.queuedEvents().length > 0 ? 0 : empty + 1;
      await sleep(20);
    }
    expect(lost()).toEqual([]);
    expect(kills).toBeGreaterThan(requests / 50);
    // Not for want of trying: most requests have got their answer.
    expect(accepted.length).toBeGreaterThan(requests / 2);
    process.stdout.write(`${accepted.length} of ${requests} answered, ${kills} environments killed, 0 lost\n`);
  },
  120_000 + requests * 300,
);

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Of the environments that have run one of the last tasks. */
function pidsIn(records: readonly Readonly<Record<string, unknown>>[]): number[] {
  return records.slice(-30).flatMap(({ pid }) => (typeof pid === 'number' ? [pid] : []));
}

function killed(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
