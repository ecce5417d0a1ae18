import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { folderWith } from '../helpers/folder-with';
import { describeInBrowser, openPage } from '../helpers/live-page';

describeInBrowser('the live page', () => {
  test('shows the answer while the bar of the background work still grows, and its end', async () => {
    const variables = { BACKGROUND_SECONDS: '3' };
    const { page, send, rows, console } = await openPage({ template: 'template.yaml', variables });
    await page.getByLabel('By').selectOption('Function URL');
    await send('Hello Background Tasks');

    const row = rows.first();
    await row.and(page.locator('[data-status="answered"]')).waitFor();
    const response = page.getByRole('region', { name: 'Response' });
    expect(await response.innerText()).toContain('"echoedMessage": "Hello Background Tasks"');
    expect(await response.innerText()).toContain('HTTP 200');

    const bar = page.locator('.block[data-kind="background"]');
    const before = await widthOf(bar);
    // Frame by frame: the page's policy lets nobody evaluate a text in it, as waitForFunction would.
    while ((await widthOf(bar)) <= before + 10) await page.evaluate('new Promise(requestAnimationFrame)');
    expect(await row.getAttribute('data-status')).toBe('answered');

    await row.and(page.locator('[data-status="completed"]')).waitFor();
    const log = await page.getByRole('list', { name: 'Lines of the log' }).innerText();
    expect(log).toMatch(
      /message received[^]*response sent[^]*completed\. Returning[^]*answered in \d+ ms, background 3\.\d s/,
    );
    expect(await page.locator('.facts').innerText()).toMatch(/Background\s+3\.\d s[^]*Billed\s+\d+ ms/);
    expect(console).toEqual([]);
  });

  test('shows each task as a bar, with its outcome', async () => {
    const { page, send, console } = await openPage();
    await send('fail');
    const lane = (name: string) => page.locator('.lane.task').filter({ hasText: name });
    await page.locator('.detail .status-label[data-status="failed"]').waitFor();
    expect(await lane('webhook').innerText()).toMatch(/failed/);
    expect(await lane('audit record').innerText()).toMatch(/completed, 1\d\d ms/);
    expect(await widthOf(lane('audit record').locator('.block'))).toBeGreaterThan(
      await widthOf(lane('warm cache').locator('.block')),
    );
    expect(await page.getByRole('list', { name: 'Lines of the log' }).innerText()).toContain('Error: nobody answered');
    expect(console).toEqual([]);
  });

  test('shows a task while it goes on, and that it has not finished where its process has ended', async () => {
    const { page, send, rows } = await openPage();
    const lane = page.locator('.lane.task').filter({ hasText: 'warm cache' });
    await send('work');
    await lane.getByText(/^goes on, /).waitFor();
    expect(await rows.first().getAttribute('data-status')).toBe('answered');
    await lane.getByText(/^completed, 1\.\d s/).waitFor();
    await send('exit');
    await lane.getByText(/^unfinished, /).waitFor();
  });

  test('says how each has ended, in a word and in a shape of its own', async () => {
    const { page, send, rows, console } = await openPage();
    const shapes = new Set<string | null>();
    for (const message of ['time out', 'cut off', 'exit', 'fail', 'nothing']) await send(message);
    for (const status of ['completed', 'failed', 'killed', 'cut off', 'timed out']) {
      const row = rows.and(page.locator(`[data-status="${status}"]`));
      await row.click();
      expect(await row.innerText()).toContain(status);
      shapes.add(await row.locator('.status-icon path').getAttribute('d'));
      await page.locator(`.timeline .end[data-status="${status}"]`).waitFor();
    }
    expect(shapes.size).toBe(5);
    expect(console).toEqual([]);
  });

  test('shows what is throttled, with the answer that its caller gets', async () => {
    const { page, lambda, rows } = await openPage();
    const url = lambda.functionUrls.find(({ functionName }) => functionName === 'Narrow')?.url ?? '';
    const call = () => fetch(url, { method: 'POST', body: '{"message":"work"}' });
    const responses = await Promise.all([call(), call()]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 429]);
    const throttled = rows.and(page.locator('[data-status="throttled"]'));
    await throttled.click();
    expect(await throttled.innerText()).toContain('never began');
    await page.locator('.detail').getByText('It never began: the response says why.').waitFor();
    expect(await page.getByRole('region', { name: 'Response' }).innerText()).toContain('Rate Exceeded.');
  });

  test('sends by the Lambda API too, and shows the event that waits for its next attempt', async () => {
    const { page, send, rows } = await openPage({ retryDelay: 2 });
    await page.getByLabel('By').selectOption('Lambda API, async');
    await send('throw');
    const queue = page.getByRole('region', { name: 'Event queue' });
    await queue.getByText(/next in \d.* 1 attempt left/).waitFor();
    await rows.filter({ hasText: 'attempt 2' }).and(page.locator('[data-status="failed"]')).waitFor();
    await rows.filter({ hasText: 'attempt 1' }).waitFor();
    await queue.waitFor({ state: 'detached' });
    const command = await page.locator('.command pre').innerText();
    expect(command).toMatch(/^aws lambda invoke --endpoint-url http:.* --invocation-type Event /);
    expect(command).toContain(`--payload '{"message":"throw"}'`);
  });

  test('shows the environments at their work', async () => {
    const { page, send } = await openPage();
    await send('work');
    const environments = page.getByRole('region', { name: 'Execution environments' });
    await environments.getByText('answered, works on').waitFor();
    await environments.getByText('frozen').waitFor();
  });

  test('links an event of the queue to its last attempt', async () => {
    const { page, send, rows } = await openPage({ retryDelay: 2 });
    await page.getByLabel(/^Function/).selectOption('Narrow');
    await page.getByLabel('By').selectOption('Lambda API, async');
    await send('throw');
    await page.locator('.queue a[href$=".2"]').click();
    await rows.filter({ hasText: 'attempt 2' }).and(page.locator('[aria-current="true"]')).waitFor();
  });

  test('the form of an open page sends to a function that has been mended', async () => {
    const folder = await folderWith({
      'template.yaml': mendable,
      'first.js': "exports.handler = async () => 'first';",
      'app.ts': 'export const handler = async () => ;\n',
    });
    const template = path.join(folder, 'template.yaml');
    const { page, rows, send, console } = await openPage({ template, watch: true });
    await page.locator('.names').getByText('First', { exact: true }).waitFor();
    await writeFile(path.join(folder, 'saved'), "export const handler = async () => 'mended';\n");
    await rename(path.join(folder, 'saved'), path.join(folder, 'app.ts'));
    await page.locator('.names').getByText('First, Mended').waitFor();
    await page.getByLabel(/^Function/).selectOption('Mended');
    await page.getByLabel('By').selectOption('Function URL');
    await send('Hello');
    await rows.and(page.locator('[data-status="completed"]')).waitFor();
    expect(await page.getByRole('region', { name: 'Response' }).innerText()).toContain('mended');
    expect(console).toEqual([]);
  });

  test('after a restart of the local Lambda, with another template, it shows the new one, and nothing of the old', async () => {
    const template = 'tests/fixtures/plain-function/template.yaml';
    const { page, lambda, send, rows } = await openPage({ template });
    await send('nothing');
    await rows.first().waitFor();
    const { port } = new URL(lambda.pageUrl ?? '');
    await lambda.close();
    await page.getByText('No connection').waitFor();
    const restarted = await openPage({ pagePort: Number(port) });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Nothing has been invoked yet').waitFor();
    await send('nothing');
    await rows.and(page.locator('[data-status="completed"]')).waitFor();
    expect(await rows.count()).toBe(1);
    expect(await restarted.rows.count()).toBe(1);
  });
});

/** The second of its functions is to be mended. */
const mendable = `
Resources:
  First:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: ., Handler: first.handler, Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE } }
  Mended:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts] } }
    Properties: { Handler: app.handler, Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE } }
`;

const widthOf = async (bar: Locator): Promise<number> => (await bar.boundingBox())?.width ?? 0;
