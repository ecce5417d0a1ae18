import type { Page } from 'playwright-core';
import * as v from 'valibot';

const TaskEvent = v.object({ name: v.string(), pid: v.number(), tid: v.number(), tdur: v.optional(v.number(), 0) });
const ThreadName = v.object({
  name: v.literal('thread_name'),
  pid: v.number(),
  tid: v.number(),
  args: v.object({ name: v.string() }),
});

/**
 * How long the tasks of a page's own thread take from now on, in milliseconds of a processor: the clock of the wall would
 * count what others do on this machine, too. Ends when the returned function is called.
 */
export async function recordTasks(page: Page): Promise<() => Promise<number[]>> {
  const session = await page.context().newCDPSession(page);
  const events: unknown[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...value);
  });
  await session.send('Tracing.start', {
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline'] },
  });
  return async () => {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    const threads = events.filter((event) => v.is(ThreadName, event));
    const main = new Set(
      threads.filter(({ args }) => args.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = events.filter((event) => v.is(TaskEvent, event)).filter(({ pid, tid }) => main.has(`${pid} ${tid}`));
    return tasks.flatMap(({ tdur = 0 }) => (tdur > 0 ? [tdur / 1_000] : []));
  };
}
