import { errorOf, parseInvocationError, type ProcessEnd } from '../../../../local/environment/invocation-error';

test.each([
  ['{"errorType":"A","errorMessage":"b","trace":["c"]}', { errorType: 'A', errorMessage: 'b', trace: ['c'] }],
  ['{"errorMessage":"b","trace":[1]}', { errorType: 'Fallback', errorMessage: 'b' }],
  ['{"errorType":1}', { errorType: 'Fallback', errorMessage: '' }],
  ['null', { errorType: 'Fallback', errorMessage: 'null' }],
  ['not JSON', { errorType: 'Fallback', errorMessage: 'not JSON' }],
])('%s is told as far as it can be read', (json, told) => {
  expect(parseInvocationError(json, 'Fallback')).toEqual(told);
});

const end: ProcessEnd = { exit: { code: null, signal: null }, killedBy: undefined, duringInit: false };

test.each<[string, Partial<ProcessEnd>]>([
  ['Task timed out after 3.00 seconds', { killedBy: 'timeout' }],
  ['Runtime exited with error: signal: killed', { killedBy: 'memory' }],
  ['Runtime exited with error: exit status 3', { exit: { code: 3, signal: null } }],
  ['Runtime exited with error: signal: segmentation fault', { exit: { code: null, signal: 'SIGSEGV' } }],
  ['Runtime exited without providing a reason', { exit: { code: 0, signal: null } }],
])('the end of a process is told as %s', (message, why) => {
  expect(errorOf({ ...end, ...why }, { timeout: 3 }, 'id').errorMessage).toBe(`RequestId: id Error: ${message}`);
});
