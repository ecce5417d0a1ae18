import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onBothRuntimes } from '../../helpers/adapters';
import { folderWith } from '../../helpers/folder-with';
import { outcomes } from '../../helpers/function-records';
import { callApi } from '../../helpers/invocations';

/** Handlers that awslambda.streamifyResponse has marked. Docs: docs/adopt.md, "A handler that streams". */
onBothRuntimes('handler-adapter', ({ lambda, urlOf, observed }) => {
  const get = (scenario: string, init: RequestInit = {}) => fetch(`${urlOf('Streams')}/${scenario}`, init);

  test.each([
    ['http', 201, 'text/html', '<p></p>'],
    ['head-alone', 201, 'text/html', ''],
    ['content-type', 200, 'text/plain', 'one\ntwo\n'],
    ['object', 200, 'application/json', '{"any":"thing"}'],
    ['not-awaited', 200, 'application/octet-stream', 'onetwo'],
  ])('%s', async (scenario, status, contentType, body) => {
    const response = await get(scenario);
    expect({ status: response.status, body: await response.text() }).toEqual({ status, body });
    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.getSetCookie()).toEqual(status === 201 ? ['a=1', 'b=2'] : []);
    expect((await observed(response)).report).toMatchObject({ handler: 'completed', failures: 0 });
  });

  test('a part is sent before the next one is there', async () => {
    const file = join(await folderWith({}), 'go-on');
    const response = await get(`pieces?file=${encodeURIComponent(file)}`);
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('one');
    await writeFile(file, '');
    expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('two');
    expect(await reader?.read()).toMatchObject({ done: true });
  });

  test('100 MB, byte for byte, without being held in memory', async () => {
    const expected = createHash('sha256');
    for (let part = 0; part < 1_600; part += 1) expected.update(new Uint8Array(65_536).fill(part));
    const response = await get('large');
    const received = createHash('sha256').update(new Uint8Array(await response.arrayBuffer()));
    expect(received.digest('hex')).toBe(expected.digest('hex'));
    const { lines, report } = await observed(response);
    expect(report).toMatchObject({ handler: 'completed', failures: 0 });
    const [, used] = /Max Memory Used: (\d+) MB/.exec(lines.join()) ?? [];
    expect(Number(used)).toBeLessThan(128);
  });

  test('the answer counts as sent when its stream has ended: then the tasks start', async () => {
    const response = await get('tasks');
    expect(await response.text()).toBe('answer');
    const { lines, report } = await observed(response);
    expect(lines.filter((line) => ['stream ends', 'task started'].includes(line))).toEqual([
      'stream ends',
      'task started',
    ]);
    expect(outcomes(report)).toEqual([['after the stream', 'completed']]);
    expect(report.tasks[0]?.startMs).toBeGreaterThanOrEqual(report.responseMs ?? Infinity);
  });

  test('a direct caller gets what the handler writes', async () => {
    expect((await callApi(lambda(), 'Streams', { scenario: 'object' })).body).toBe('{"any":"thing"}');
  });
});
