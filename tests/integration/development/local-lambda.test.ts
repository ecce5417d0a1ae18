import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { nodeBinaryFor } from '../../../local/environment/process/node-binary';
import { startLocalLambda, type LocalLambdaOptions } from '../../../local/local-lambda';
import { backgroundSeconds } from '../../helpers/background-seconds';
import { folderWith } from '../../helpers/folder-with';
import { startObservedLambda } from '../../helpers/local-lambda';
import type { ObservedLambda } from '../../helpers/local-lambda';

const single = 'tests/fixtures/plain-function/template.yaml';
const several = 'tests/fixtures/plain-function/several.yaml';
const greeter = 'tests/fixtures/plain-function/greeter.cjs';

const portOf = (url = '') => Number(new URL(url).port);

describe('a local Lambda', () => {
  test('serves the project’s own function, and its log can be awaited line by line', async () => {
    const lambda = await startObservedLambda({ envVars: await backgroundSeconds(0.2) });
    const [functionUrl] = lambda.functionUrls;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(functionUrl?.url ?? '', { method: 'POST', headers, body: '{"message":"Hello"}' });
    expect(await response.text()).toBe('{"echoedMessage":"Hello"}');
    const { requestId } = await lambda.waitForLog(({ text }) => text.includes('Background tasks completed'));
    await lambda.waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${requestId ?? 'none'}`));
  });

  test('gives the URLs of several functions consecutive ports', async () => {
    const lambda = await startOnFixedPort((port) => ({ port }));
    const [first = NaN, second] = lambda.functionUrls.map(({ url }) => portOf(url));
    expect(second).toBe(first + 1);
    expect(lambda.functionUrls.map(({ functionName }) => functionName)).toEqual(['First', 'Second']);
  });

  test('gives no URL the port of the Lambda API, nor that of the page', async () => {
    const lambda = await startOnFixedPort((port) => ({ port, apiPort: port + 1, pagePort: port + 2 }));
    const [first = NaN, second] = lambda.functionUrls.map(({ url }) => portOf(url));
    expect([second, portOf(lambda.apiUrl), portOf(lambda.pageUrl)]).toEqual([first + 3, first + 1, first + 2]);
  });

  test('warns once that functions run on another Node.js than theirs', async () => {
    const runtime = ['nodejs20.x', 'nodejs22.x'].find((name) => nodeBinaryFor(name).warning !== undefined) ?? '';
    const template = (await readFile(several, 'utf8')).replaceAll(/nodejs\d+\.x/g, runtime);
    const folder = await folderWith({ 'several.yaml': template, 'greeter.cjs': await readFile(greeter, 'utf8') });
    const warnings: string[] = [];
    await startObservedLambda({
      template: path.join(folder, 'several.yaml'),
      onWarning: (message) => warnings.push(message),
    });
    expect(warnings.filter((message) => message.startsWith(`Runtime is`))).toEqual([nodeBinaryFor(runtime).warning]);
  });

  test('may be closed twice', async () => {
    const lambda = await startObservedLambda({ template: several });
    await lambda.close();
    await lambda.close();
    await expect(fetch(lambda.apiUrl)).rejects.toThrow('fetch failed');
  });

  test('closes what it had opened when a later port is in use', async () => {
    const { apiUrl } = await startObservedLambda({ template: several });
    const freed = await startObservedLambda({ template: single });
    await freed.close();
    const url = freed.functionUrls[0]?.url ?? '';
    const failing = startLocalLambda({ template: single, port: portOf(url), apiPort: portOf(apiUrl) });
    await expect(failing).rejects.toThrow('with --api-port');
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  test('refuses to serve the URL of a function that has none', async () => {
    await expect(startLocalLambda({ template: several, function: 'WithoutUrl' })).rejects.toThrow(
      '--function: expected a function with a Function URL, WithoutUrl has none.',
    );
  });
});

/** On a port that was free a moment ago; tries another where that port, or one after it, is taken by now. */
async function startOnFixedPort(portsFrom: (port: number) => LocalLambdaOptions): Promise<ObservedLambda> {
  for (let attempt = 1; ; attempt += 1) {
    const probe = await startLocalLambda({ template: several, port: 0, apiPort: 0 });
    await probe.close();
    try {
      return await startObservedLambda({ template: several, ...portsFrom(portOf(probe.functionUrls[0]?.url)) });
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}
