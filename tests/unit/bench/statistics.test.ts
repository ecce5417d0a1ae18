import { estimateMedian, estimateRatio, median, quantile, seededRandom, spread } from '../../../bench/statistics';

describe('quantile', () => {
  it('does not depend on the order of the values, and leaves them as they are', () => {
    const values = [5, 1, 4, 2, 3];
    expect(median(values)).toBe(3);
    expect(values).toEqual([5, 1, 4, 2, 3]);
  });

  it('interpolates between neighbours', () => {
    expect(quantile([1, 2], 0.5)).toBe(1.5);
    expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9);
  });

  it('sorts by number, not by text', () => {
    expect(quantile([9, 10, 100], 1)).toBe(100);
  });
});

describe('estimateMedian', () => {
  it('has an interval that covers the true median in about 95 of 100 samples', () => {
    const random = seededRandom(7);
    const covered = Array.from({ length: 200 }, () => {
      const { low, high } = estimateMedian(Array.from({ length: 15 }, random), 400);
      return low <= 0.5 && 0.5 <= high;
    }).filter(Boolean).length;
    expect(covered / 200).toBeGreaterThan(0.88);
    expect(covered / 200).toBeLessThan(1);
  });

  it('gives the same interval each time', () => {
    expect(estimateMedian([3, 1, 2, 5, 4])).toEqual(estimateMedian([3, 1, 2, 5, 4]));
  });

  it('is a point where all rounds agree', () => {
    expect(estimateMedian([2, 2, 2])).toEqual({ value: 2, low: 2, high: 2 });
  });
});

describe('spread', () => {
  it('is the middle half of the rounds, as a part of their median', () => {
    expect(spread([90, 95, 100, 105, 110])).toBeCloseTo(0.1);
  });

  it('does not hang on one round that went wrong', () => {
    expect(spread([100, 100, 100, 100, 900])).toBe(0);
  });

  it('is no number where there are no rounds', () => {
    expect(spread([])).toBeNaN();
  });
});

describe('estimateRatio', () => {
  it('is untouched by rounds in which the whole machine was slow', () => {
    const bare = [1, 1, 8, 1, 5];
    const { value, low, high } = estimateRatio(
      bare.map((milliseconds) => milliseconds * 1.1),
      bare,
    );
    expect([value, low, high].map((ratio) => ratio.toFixed(6))).toEqual(['1.100000', '1.100000', '1.100000']);
  });
});
