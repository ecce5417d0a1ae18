import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fences } from '../../helpers/readme';

const projectFolder = path.join(__dirname, '../../..');

test('the code of docs/testing.md is the project that the tests of the package run', () => {
  const shown = fences(readFileSync(path.join(projectFolder, 'docs/testing.md'), 'utf8')).map(({ content }) => content);
  const files = [
    'template.yaml',
    'app.ts',
    'jest/background-tasks.test.js',
    'vitest/background-tasks.spec.mjs',
    'node-test/background-tasks.test.mjs',
  ];
  const run = files.map((file) => readFileSync(path.join(projectFolder, 'tests/package/project', file), 'utf8'));
  expect(shown.map((code) => code.trim())).toEqual(run.map((code) => code.trim()));
});
