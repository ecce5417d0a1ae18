import { inRounds } from '../../../../bench/measure/rounds';

describe('inRounds', () => {
  it('measures everyone once a round, each in its turn first', async () => {
    const order: string[] = [];
    const results = await inRounds(['a', 'b', 'c'], 4, (item, round) => {
      order.push(item);
      return Promise.resolve(`${item}${round}`);
    });
    expect(order.join('')).toBe('abc' + 'bca' + 'cab' + 'abc');
    expect(results.get('b')).toEqual(['b0', 'b1', 'b2', 'b3']);
  });
});
