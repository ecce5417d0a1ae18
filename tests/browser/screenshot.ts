/**
 * The picture of the live page in the README: `npm run screenshot`. It starts the local Lambda, sends an event by the
 * form, and waits until the answer has come and half of the background work is done.
 */
import { stop as stopEsbuild } from 'esbuild';
import path from 'node:path';
import { startLocalLambda } from '../../local/local-lambda';
import { startBrowser } from '../helpers/browser';

const file = process.argv[2] ?? path.join(__dirname, '../../docs/images/live-page.png');

async function main(): Promise<void> {
  const lambda = await startLocalLambda({ port: 0, apiPort: 0, pagePort: 0 });
  const browser = await startBrowser({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' });
  try {
    const url = lambda.functionUrls[0]?.url ?? '';
    // One that has ended by the time of the picture, and one that was refused.
    await (await fetch(url, { method: 'POST', body: '{"message":"Hello Background Tasks"}' })).text();
    await (await fetch(url, { method: 'POST', body: '{"greeting":"Hello"}' })).text();
    const [page = await browser.context.newPage()] = browser.context.pages();
    await page.goto(lambda.pageUrl ?? '');
    await page.waitForTimeout(4_500);
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.row[aria-current][data-status="answered"]').waitFor();
    await page.waitForTimeout(6_500);
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
