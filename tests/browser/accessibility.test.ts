import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { describeInBrowser, openPage } from '../helpers/live-page';

describeInBrowser('the live page is for everybody', () => {
  test('axe finds no fault and no text lacks room, in light, in dark and on a phone, empty or not', async () => {
    const { page, send, rows, console } = await openPage();
    const check = async () => {
      for (const { colorScheme, width } of looks) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 800 });
        const found = { colorScheme, width, faults: await faults(page), clipped: await clipped(page) };
        expect(found).toEqual({ colorScheme, width, faults: [], clipped: [] });
        expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      }
    };
    await check();
    for (const message of ['cut off', 'work', 'fail', 'exit']) await send(message);
    for (const status of ['failed', 'killed', 'completed', 'cut off']) {
      await rows.and(page.locator(`[data-status="${status}"]`)).click();
      await page.locator(`.detail .status-label[data-status="${status}"]`).waitFor();
      await check();
    }
    for (const details of await page.locator('summary').all()) await details.click();
    await check();
    expect(console).toEqual([]);
  });

  test('it works by keyboard alone', async () => {
    const { page, rows } = await openPage();
    await page.getByLabel('Event, as text').focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type('{"message":"nothing"}');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await rows.nth(0).waitFor();
    await page.keyboard.press('Enter');
    await rows.nth(1).waitFor();
    await rows.nth(0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await rows.nth(1).and(page.locator('[aria-current="true"]')).waitFor();
    expect(page.url()).toMatch(/#[\da-f-]{36}$/);
  });

  test('what becomes of the chosen invocation is read out', async () => {
    const { page, send } = await openPage();
    await send('work');
    await page
      .locator('.only-read[role="status"]')
      .getByText(/answered after .*, completed/)
      .waitFor();
  });

  test('where many invocations follow one another, not each of them is read out', async () => {
    const { page, lambda, send } = await openPage();
    const url = lambda.functionUrls.find(({ functionName }) => functionName === 'Worker')?.url ?? '';
    const announcement = page.locator('.only-read[role="status"]');
    await send('nothing');
    await announcement.getByText(/completed/).waitFor();
    await page.evaluate(`
      const line = document.querySelector('.only-read[role="status"]');
      globalThis.said = [];
      new MutationObserver(() => said.push(line.textContent)).observe(line, { childList: true });`);
    for (const name of [...Array(15).keys(), 'last']) {
      await (await fetch(`${url}${name}`, { method: 'POST', body: '{"message":"nothing"}' })).text();
    }
    await announcement.getByText(/last: .*completed/).waitFor();
    expect((await page.evaluate<string[]>('said')).length).toBeLessThan(5);
  });
});

/** The texts that have no room: names of tasks aside, which may be of any length. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`
    const needs = (select) => {
      const whole = select.parentElement.appendChild(select.cloneNode(true));
      whole.style.width = 'max-content';
      const width = whole.offsetWidth;
      whole.remove();
      return width;
    };
    [
      ...[...document.querySelectorAll('select')].filter((select) => needs(select) > select.offsetWidth),
      ...[...document.querySelectorAll('dd, .beside, .status-label')].filter((it) => it.scrollWidth > it.clientWidth),
    ].map((element) => element.outerHTML)`);
}

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 880 },
  { colorScheme: 'light', width: 360 },
] as const;

interface Fault {
  readonly id: string;
  readonly nodes: readonly string[];
}

async function faults(page: Page): Promise<Fault[]> {
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`),
  }));
}
