import { nextTrace } from '../../../../local/lambda-api/loop-detection';

const chain = (names: readonly string[], callers?: string) =>
  names.reduce((trace, name) => nextTrace(trace.traceId, { name }), { traceId: callers ?? '', isLoop: false });
const times = (count: number, ...names: string[]) => Array.from({ length: count }, () => names).flat();

test('a chain of invocations keeps its root', () => {
  const { traceId } = nextTrace(undefined, { name: 'One' });
  const [root] = traceId.split(';');
  expect(chain(['Two', 'One', 'Two'], traceId).traceId.split(';')[0]).toBe(root);
});

test('a function may be invoked sixteen times on the way, however many others there are', () => {
  expect(chain(times(16, 'One')).isLoop).toBe(false);
  expect(chain(times(17, 'One')).isLoop).toBe(true);
  expect(chain(times(16, 'One', 'Two', 'Three')).isLoop).toBe(false);
  expect(chain([...times(16, 'One', 'Two', 'Three'), 'Two']).isLoop).toBe(true);
  expect(chain([...times(16, 'One'), 'Two']).isLoop).toBe(false);
});

test('a function whose RecursiveLoop says Allow may be invoked any number of times, and is counted all the same', () => {
  const { traceId } = chain(times(99, 'One'));
  expect(nextTrace(traceId, { name: 'One', recursiveLoop: 'Allow' }).isLoop).toBe(false);
  expect(nextTrace(traceId, { name: 'One', recursiveLoop: 'Terminate' }).isLoop).toBe(true);
  expect(nextTrace(traceId, { name: 'One', recursiveLoop: 'Allow' }).traceId).toMatch(/:100$/);
});

test('boto3 encodes the header, and is understood', () => {
  const { traceId } = chain(times(16, 'One', 'Two'));
  expect(nextTrace(traceId.replaceAll('|', '%7C'), { name: 'One' }).isLoop).toBe(true);
});

test.each(['', 'nonsense', 'Lineage=', 'Lineage=zz:1', 'Root=1-67891233-abcdef012345678912345678;Lineage=1:a:2:3|;;='])(
  'a header such as %j begins a chain',
  (header) => {
    const { traceId, isLoop } = nextTrace(header, { name: 'One' });
    expect(isLoop).toBe(false);
    expect(traceId).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:1$/);
  },
);
