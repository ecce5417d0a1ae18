import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LocalLambdaOptions } from '../../../local/local-lambda';
import type { LogLine } from '../../../local/log/platform-log';
import { folderWith } from '../../helpers/folder-with';
import { startObservedLambda } from '../../helpers/local-lambda';

const template = `
Resources:
  Bundled:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [src/app.ts] } }
    Properties: { Handler: src/app.handler, Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE } }
  Plain:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: plain, Handler: app.handler, Runtime: nodejs24.x, FunctionUrlConfig: { AuthType: NONE } }
`;

const files = {
  'template.yaml': template,
  'src/app.ts': `
import { version } from './version';
import { once } from 'node:events';
export const handler = awslambda.streamifyResponse(async (event: { rawPath: string }, stream) => {
  stream.end(version);
  await once(stream, 'finish');
  // Long enough for the new code to be built and used meanwhile.
  if (event.rawPath === '/background') await new Promise((resolve) => setTimeout(resolve, 2_000));
  console.log('done by', version);
});`,
  'src/version.ts': "export const version: string = 'first';\n",
  'plain/app.js': "exports.handler = async () => ({ statusCode: 200, body: require('./version.js') });\n",
  'plain/version.js': "module.exports = 'first';\n",
};

async function startWatched(changed: Readonly<Record<string, string>> = {}, options: LocalLambdaOptions = {}) {
  const messages = new Messages();
  const onNotice = (message: string) => {
    messages.add(message);
  };
  const folder = await folderWith({ ...files, ...changed });
  const lambda = await startObservedLambda({
    template: path.join(folder, 'template.yaml'),
    watch: true,
    onNotice,
    onWarning: onNotice,
    ...options,
  });
  const urlOf = (name: string) => lambda.functionUrls.find(({ functionName }) => functionName === name)?.url ?? '';
  return {
    ...lambda,
    messages,
    // At one stroke: a build must not see the file while it is empty.
    save: async (file: string, content: string) => {
      await writeFile(path.join(folder, 'saved'), content);
      await rename(path.join(folder, 'saved'), path.join(folder, file));
    },
    answerOf: async (name: string, at = '') => await (await fetch(urlOf(name) + at)).text(),
  };
}

/** What the developer is told, to be waited for. */
class Messages {
  readonly #all: string[] = [];
  #onMessage: () => void = () => undefined;

  add(message: string): void {
    this.#all.push(message);
    this.#onMessage();
  }

  /** Resolves to the first message that fits, and forgets it with all before it. */
  async take(pattern: RegExp): Promise<string> {
    for (;;) {
      const index = this.#all.findIndex((message) => pattern.test(message));
      if (index >= 0) return this.#all.splice(0, index + 1)[index] ?? '';
      await new Promise<void>((resolve) => (this.#onMessage = resolve));
    }
  }
}

const isEndOf = (text: string) => (line: LogLine) => line.text.endsWith(text);

test('a saved source is what the next invocation runs, while one under way ends with the code that it began with', async () => {
  const { answerOf, save, messages, ...lambda } = await startWatched();
  expect(await answerOf('Bundled', 'background')).toBe('first');
  await save('src/version.ts', "export const version: string = 'second';\n");
  await messages.take(/^Bundled has changed: the next invocation runs the new code\.$/);
  expect(await answerOf('Bundled')).toBe('second');
  await lambda.waitForLog(isEndOf('done by first'));
  expect(await answerOf('Bundled')).toBe('second');
  expect(lambda.log.filter(({ text }) => text.startsWith('REPORT') && text.includes('error'))).toEqual([]);
});

test('a source that cannot be built is shown, and the last good build goes on serving', async () => {
  const { answerOf, save, messages } = await startWatched();
  await save('src/version.ts', 'export const version: string = ;\n');
  const message = await messages.take(/^Bundled cannot be built, so its last good build goes on serving\.\n/);
  expect(message).toContain('Unexpected ";"');
  expect(message).toContain('src/version.ts:1:31');
  expect(await answerOf('Bundled')).toBe('first');
  await save('src/version.ts', "export const version: string = 'mended';\n");
  await messages.take(/^Bundled has changed/);
  expect(await answerOf('Bundled')).toBe('mended');
});

test('a function that runs straight from its CodeUri is watched too, by what its module imports', async () => {
  const { answerOf, save, messages } = await startWatched();
  expect(await answerOf('Plain')).toBe('first');
  await save('plain/version.js', "module.exports = 'second';\n");
  await messages.take(/^Plain has changed/);
  expect(await answerOf('Plain')).toBe('second');
});

test('one whose module cannot be read at the start is said to fail, not to have a good build, and is mended', async () => {
  const { answerOf, save, messages } = await startWatched({ 'plain/app.js': 'exports.handler = async (' });
  const message = await messages.take(/^Plain cannot be read as it is, so that its next environment will fail\.\n/);
  expect(message).toContain('plain/app.js:1:');
  expect(await answerOf('Plain')).toBe('Internal Server Error');
  await save('plain/app.js', files['plain/app.js']);
  await messages.take(/^Plain has changed/);
  expect(await answerOf('Plain')).toBe('first');
});

test('one that cannot be built at the start runs once its source is mended, and is followed from then on', async () => {
  const { answerOf, save, messages, ...lambda } = await startWatched({
    'src/version.ts': 'export const version = ;\n',
  });
  const warning = await messages.take(/^Bundled cannot run \(/);
  const url = /http:\S+/.exec(warning)?.[0] ?? '';
  expect((await fetch(url)).status).toBe(502);

  await save('src/version.ts', 'export const version = [;\n');
  expect(await messages.take(/^Bundled still cannot run\.\n/)).toContain('src/version.ts:1:24');
  await save('src/version.ts', "export const version = 'mended';\n");
  await messages.take(/^Bundled can be built now, and runs\.$/);
  expect(await answerOf('Bundled')).toBe('mended');
  expect(await (await fetch(url)).text()).toBe('mended');
  const invocations = `${lambda.apiUrl}/2015-03-31/functions/Bundled/invocations`;
  expect(await (await fetch(invocations, { method: 'POST', body: '{}' })).text()).toBe('mended');
  expect(lambda.definition('Bundled').logicalId).toBe('Bundled');
  expect(lambda.functionNames).toEqual(['Plain', 'Bundled']);

  await save('src/version.ts', "export const version = 'second';\n");
  await messages.take(/^Bundled has changed/);
  expect(await answerOf('Bundled')).toBe('second');
});

describe('where nothing but a function that cannot be built is asked for', () => {
  const broken = { 'src/version.ts': 'export const version = ;\n' };

  test('it is waited for, and its URL answers 502 until its source is mended', async () => {
    const { answerOf, save, messages } = await startWatched(broken, { function: 'Bundled' });
    const url = /http:\S+/.exec(await messages.take(/^Bundled cannot run \(/))?.[0] ?? '';
    expect((await fetch(url)).status).toBe(502);
    await save('src/version.ts', "export const version = 'mended';\n");
    await messages.take(/^Bundled can be built now, and runs\.$/);
    expect(await answerOf('Bundled')).toBe('mended');
  });

  test('the start fails where no change is followed', async () => {
    const starting = startWatched(broken, { function: 'Bundled', watch: false });
    await expect(starting).rejects.toThrow('Bundled: esbuild could not bundle it.');
  });
});

test('a changed template asks for a restart', async () => {
  const { save, messages } = await startWatched();
  await save('template.yaml', `${template}# changed\n`);
  await messages.take(/^template\.yaml has changed: start again to have it apply\.$/);
});
