import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { folderWith } from '../helpers/folder-with';

const root = join(__dirname, '../..');

/** What the rules of this project say of these files: a line for each import that they forbid. */
async function forbidden(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = await folderWith({ 'package.json': '{"dependencies":{"@aws-sdk/client-lambda":"*"}}', ...files });
  const depcruise = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [depcruise, '--config', join(root, '.dependency-cruiser.cjs'), '.'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  const lines = [...stdout.matchAll(/error (.*)/g)].map(([, line = '']) => line.trim());
  expect(status).toBe(lines.length);
  return lines.sort();
}

test('what goes from left to right is allowed', async () => {
  const files = {
    'functions/app/app.ts': "import '../../runtime/index';",
    'runtime/index.ts': "import './errors'; export type { Tasks } from './tasks/tasks';",
    'runtime/tasks/tasks.ts': "export type Tasks = 1; export const load = () => import('@aws-sdk/client-lambda');",
    'runtime/errors.ts': 'export {};',
    'local/cli/main.ts': "import '../http/server'; import type {} from '../user-error';",
    'local/http/server.ts': 'export {};',
    'local/user-error.ts': 'export {};',
    'testing/index.ts': "import '../local/cli/main';",
    'tests/any.test.ts': "import '../testing/index'; import '../functions/app/app';",
    ...sdk,
  };
  await expect(forbidden(files)).resolves.toEqual([]);
});

test('a wrong arrow and a circle are errors, those of types too', async () => {
  const files = {
    'functions/app/app.ts': "import '../../local/cli/main';",
    'runtime/log/report.ts': "import type { Circle } from '../tasks/circle'; import '../lambda-runtime';",
    'runtime/lambda-runtime.ts': "import '@aws-sdk/client-lambda'; import '../functions/app/app';",
    'runtime/tasks/circle.ts': "import type {} from './back'; export type Circle = 1;",
    'runtime/tasks/back.ts': "import type { Circle } from './circle';",
    'local/cli/main.ts': 'export {};',
    'local/http/server.ts': "import type {} from '../template/template';",
    'local/template/template.ts': "import '../../functions/app/app';",
    'local/function-url/server.ts': "import '../lambda-api/server';",
    'local/lambda-api/server.ts': "import '../new-room/file';",
    'local/new-room/file.ts': "import '../user-error';",
    'local/user-error.ts': 'export {};',
    'testing/index.ts': "import type {} from '../functions/app/app';",
    ...sdk,
  };
  await expect(forbidden(files)).resolves.toEqual([
    'no-circle: runtime/tasks/back.ts →',
    'no-sdk-at-load-time: runtime/lambda-runtime.ts → node_modules/@aws-sdk/client-lambda/index.js',
    'order-of-local: local/function-url/server.ts → local/lambda-api/server.ts',
    'order-of-local: local/http/server.ts → local/template/template.ts',
    'order-of-local: local/lambda-api/server.ts → local/new-room/file.ts',
    'order-of-runtime: runtime/log/report.ts → runtime/lambda-runtime.ts',
    'room-without-a-place-in-local: local/new-room/file.ts → local/user-error.ts',
    'way-out-of-functions: functions/app/app.ts → local/cli/main.ts',
    'way-out-of-local: local/template/template.ts → functions/app/app.ts',
    'way-out-of-runtime: runtime/lambda-runtime.ts → functions/app/app.ts',
    'way-out-of-testing: testing/index.ts → functions/app/app.ts',
  ]);
});

const sdk = {
  'node_modules/@aws-sdk/client-lambda/package.json': '{"name":"@aws-sdk/client-lambda","main":"index.js"}',
  'node_modules/@aws-sdk/client-lambda/index.js': '',
};
