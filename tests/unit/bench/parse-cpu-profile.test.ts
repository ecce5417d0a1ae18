import { parseCpuProfile } from '../../../bench/parse-cpu-profile';

const frame = (functionName: string) => ({ functionName, url: 'file:///folder/app.js', lineNumber: 9 });

describe('parseCpuProfile', () => {
  it('adds up a function itself and with what it calls, and counts a recursion once', () => {
    const costs = parseCpuProfile({
      nodes: [
        { id: 1, callFrame: { functionName: '(root)', url: '', lineNumber: -1 }, children: [2] },
        { id: 2, callFrame: frame('outer'), children: [3] },
        { id: 3, callFrame: frame('inner'), children: [4] },
        { id: 4, callFrame: frame('outer') },
      ],
      samples: [2, 3, 4, 4],
      timeDeltas: [10, 20, 30, 40],
    });
    expect(costs.get('outer folder/app.js:10')).toEqual({ self: 80, total: 100 });
    expect(costs.get('inner folder/app.js:10')).toEqual({ self: 20, total: 90 });
    expect(costs.get('(root)')).toEqual({ self: 0, total: 100 });
  });
});
