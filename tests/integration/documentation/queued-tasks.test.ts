import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { property } from '../../../runtime/request/read-property';
import { startLocalLambda } from '../../../testing';
import { folderOf } from '../../helpers/adopt';
import { fences } from '../../helpers/readme';

const [example] = fences(readFileSync(path.join(__dirname, '../../../docs/queued-tasks.md'), 'utf8'));

let folder: string;
beforeAll(async () => {
  folder = await folderOf([{ name: 'app', language: 'ts', code: example?.content ?? '' }], {});
});

test('TypeScript finds no fault with the first example of docs/queued-tasks.md', async () => {
  const tsc = require.resolve('typescript/bin/tsc');
  const checked = promisify(execFile)(process.execPath, [tsc, '--project', folder]);
  expect(
    await checked.then(
      () => '',
      (error: unknown) => property(error, 'stdout'),
    ),
  ).toBe('');
});

test('it answers, and its task runs', async () => {
  await using lambda = await startLocalLambda({ template: path.join(folder, 'template.yaml') });
  const sent = lambda.nextInvocation(({ report }) => report?.queuedTask?.name === 'send receipt');
  const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ orderId: 'A-1' }) });
  expect(await response.json()).toEqual({ accepted: 'A-1' });
  const { status, report, log } = await sent;
  expect(status).toBe('success');
  expect(log.join('\n')).toContain(`Receipt of A-1 sent, ${report?.queuedTask?.id}`);
});
