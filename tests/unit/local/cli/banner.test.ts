import { banner } from '../../../../local/cli/banner';

const lambda = {
  definition: () => {
    throw new Error('Expected nobody to ask');
  },
  functionNames: ['Hello'],
  functionUrls: [],
  apiUrl: 'http://127.0.0.1:3001',
  pageUrl: undefined,
  queuedEvents: () => [],
  close: () => Promise.resolve(),
};

test.each([
  [9229, 'at 127.0.0.1:9229.'],
  [0, 'at 127.0.0.1, at a free port that its log then names.'],
])('with -d %d it says where a debugger is waited for', (debugPort, where) => {
  expect(banner(lambda, { debugPort })).toContain(`\nOnce invoked, the function waits for a debugger ${where}\n`);
});
