import { nodeBinaryFor } from '../../../../../local/environment/process/node-binary';

const [major = ''] = process.versions.node.split('.');

test('a function runs on the running Node.js where that is the one of its runtime', () => {
  expect(nodeBinaryFor(`nodejs${major}.x`)).toEqual({ path: process.execPath, version: process.versions.node });
});

test('a function whose Node.js is nowhere runs on the running one, with a warning that says how to get it', () => {
  const { warning = '', ...binary } = nodeBinaryFor('nodejs12.x');
  const { node } = process.versions;
  expect(binary).toEqual({ path: process.execPath, version: node });
  const [found, remedy = ''] = warning.split('. To have it: ');
  expect(found).toBe(`Runtime is nodejs12.x, but no such Node.js is here: running on ${node}`);
  expect(remedy).toMatch(/^(npm i -D node-(linux|win)-\w+@12|nvm install 12, and start again with it)$/);
});
