import { nodeBinaryFor } from '../../../../../local/environment/process/node-binary';

const [major = ''] = process.versions.node.split('.');

test('a function runs on the running Node.js where that is the one of its runtime', () => {
  expect(nodeBinaryFor(`nodejs${major}.x`)).toEqual({ path: process.execPath, version: process.versions.node });
});

test('a function whose Node.js is nowhere runs on the running one, with a warning', () => {
  expect(nodeBinaryFor('nodejs12.x')).toEqual({
    path: process.execPath,
    version: process.versions.node,
    warning: `Runtime is nodejs12.x, but no such Node.js is here: running on ${process.versions.node}`,
  });
});
