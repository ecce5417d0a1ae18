/**
 * The picture of the live page in the README: `npm run screenshot`. It starts the local Lambda, sends an event by the
 * form and another one later, and waits until the first has come to its end.
 */
import { stop as stopEsbuild } from 'esbuild';
import path from 'node:path';
import { startLocalLambda } from '../../local/local-lambda';
import { startBrowser } from '../helpers/browser';

const file = process.argv[2] ?? path.join(__dirname, '../../docs/images/live-page.png');

async function main(): Promise<void> {
  const lambda = await startLocalLambda({ port: 0, apiPort: 0, pagePort: 0 });
  const browser = await startBrowser();
  try {
    const url = lambda.functionUrls[0]?.url ?? '';
    const call = async (message: object) =>
      (await fetch(url, { method: 'POST', body: JSON.stringify(message) })).text();
    await call({ greeting: 'Hello' });
    const page = await browser.newPage({ viewport: { width: 1280, height: 850 }, colorScheme: 'light' });
    await page.goto(lambda.pageUrl ?? '');
    await page.getByRole('button', { name: 'Send' }).click();
    const sent = page.locator('.row').first();
    await sent.and(page.locator('[data-status="answered"]')).click();
    await page.waitForTimeout(4_000);
    await call({ message: 'Hello again' });
    await page.locator('.detail .status-label[data-status="completed"]').waitFor();
    await page.mouse.move(0, 0);
    await page.evaluate<unknown>('document.activeElement.blur()');
    await page.screenshot({ path: file, animations: 'disabled' });
  } finally {
    await browser.close();
    await lambda.close();
    await stopEsbuild();
  }
}

main().catch((error: unknown) => {
  process.exitCode = 1;
  throw error;
});
