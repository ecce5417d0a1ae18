import { source as axe } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { startLocalLambda, type LocalLambda, type LocalLambdaOptions } from '../../local/local-lambda';
import { chromiumPath, startBrowser } from './browser';

/** Skipped where there is no Chromium; tests/browser/requirements.ts says so. */
export const describeInBrowser = chromiumPath === undefined ? describe.skip : describe;

export interface OpenedPage {
  readonly page: Page;
  readonly lambda: LocalLambda;
  /** What the page has written to its console, and what it has failed with. */
  readonly console: string[];
  /** The rows of the list, the newest first. */
  readonly rows: Locator;
  /** Sends a message as JSON by the form. */
  readonly send: (message: string) => Promise<void>;
}

/** One for all tests of a file; each page has a profile of its own. */
let browser: Promise<Browser> | undefined;
const open: { close(): Promise<void> }[] = [];

afterEach(closePages);
afterAll(async () => {
  await (await browser)?.close();
});

async function closePages(): Promise<void> {
  for (const one of open.splice(0).reverse()) await one.close();
}

/** Starts a local Lambda and looks at its page. */
export async function openPage(
  options: LocalLambdaOptions = {},
  contextOptions: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const lambda = await startLocalLambda({
    template: 'tests/fixtures/live-page/template.yaml',
    ...{ port: 0, apiPort: 0, pagePort: 0 },
    ...options,
  });
  open.push(lambda);
  const context = await (await (browser ??= startBrowser())).newContext(contextOptions);
  open.push(context);
  await context.addInitScript({ content: axe });
  const page = await context.newPage();
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(String(error)));
  await page.goto(lambda.pageUrl ?? '');
  await page.getByRole('button', { name: 'Send' }).waitFor();
  return {
    page,
    lambda,
    console: messages,
    rows: page.locator('.row'),
    send: async (message) => {
      await page.getByLabel('Event, as text').fill(JSON.stringify({ message }));
      await page.getByRole('button', { name: 'Send' }).click();
    },
  };
}
