import { closePages, describeInBrowser, openPage } from '../helpers/live-page';

afterEach(closePages);

/** Milliseconds. A browser that shares two processors with a hundred starting processes is kept waiting by those, too. */
const longest = 200;

describeInBrowser('the live page, with 100 invocations at once', () => {
  test('shows all of them, and goes on answering whoever looks at it', async () => {
    const { page, lambda, rows } = await openPage();
    await page.evaluate(`
      globalThis.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
      }).observe({ type: 'longtask' });
    `);
    const url = lambda.functionUrls[0]?.url ?? '';
    const call = async () => (await fetch(url, { method: 'POST', body: '{"message":"work"}' })).status;
    const statuses = await Promise.all(Array.from({ length: 100 }, call));
    expect(new Set(statuses)).toEqual(new Set([200]));
    await page.locator('.row[data-status="completed"]').nth(99).waitFor();
    expect(await rows.count()).toBe(100);
    const longTasks = await page.evaluate<number[]>('longTasks');
    expect(longTasks.filter((duration) => duration > longest)).toEqual([]);
  });
});
