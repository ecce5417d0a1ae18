import { describeInBrowser, openPage } from '../helpers/live-page';
import { recordTasks } from '../helpers/page-tasks';

/** Milliseconds. */
const longest = 200;

describeInBrowser('the live page, with 100 invocations at once', () => {
  test('shows all of them, and keeps nobody waiting who looks at it', async () => {
    const { page, lambda, rows } = await openPage();
    const url = lambda.functionUrls[0]?.url ?? '';
    const call = async () => (await fetch(url, { method: 'POST', body: '{"message":"work"}' })).status;
    const hundred = () => Promise.all(Array.from({ length: 100 }, call));
    const completed = page.locator('.row[data-status="completed"]');

    // First without a look at the time: a hundred processes that start leave the browser no processor.
    expect(new Set(await hundred())).toEqual(new Set([200]));
    await completed.nth(99).waitFor();

    const tasks = await recordTasks(page);
    expect(new Set(await hundred())).toEqual(new Set([200]));
    await completed.nth(199).waitFor();
    expect(await rows.count()).toBe(200);
    const durations = await tasks();
    expect(durations.length).toBeGreaterThan(0);
    expect(durations.filter((duration) => duration > longest)).toEqual([]);
  });

  test('leaves the processor to the function where invocations follow one another fast', async () => {
    const { page, lambda, rows } = await openPage();
    const url = lambda.functionUrls[0]?.url ?? '';
    const tasks = await recordTasks(page);
    const from = performance.now();
    for (let index = 0; index < 1_000; index += 1) {
      const response = await fetch(url, { method: 'POST', body: '{"message":"Hello"}' });
      expect(response.status).toBe(200);
      await response.text();
    }
    const elapsed = performance.now() - from;
    const busy = (await tasks()).reduce((sum, duration) => sum + duration, 0);
    // A tenth; a third where the page takes no rest after each rendering.
    expect(busy / elapsed).toBeLessThan(0.2);
    // What the page shows in the end is all that is kept.
    await rows.nth(499).waitFor();
  });
});
