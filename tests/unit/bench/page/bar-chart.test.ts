import { barChart } from '../../../../bench/page/bar-chart';

const chart = barChart({
  title: 'Cold & warm <answer>',
  unit: 'ms',
  digits: 1,
  bars: [
    { label: 'bare', estimate: { value: 5, low: 5, high: 5 }, highlighted: false },
    { label: 'ours', estimate: { value: 10, low: 9, high: 10 }, highlighted: true },
  ],
});

describe('barChart', () => {
  it('draws bars from zero, in proportion to their values', () => {
    const [bare, ours] = [...chart.matchAll(/<rect class="(?:bar|ours)"[^>]* width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(ours).toBeCloseTo(2 * (bare ?? 0));
  });

  it('marks the highlighted bar, and says every value with its unit', () => {
    expect(chart.match(/class="ours"/g)).toHaveLength(1);
    expect(chart).toContain('>5.0 ms</text>');
    expect(chart).toContain('>10.0 ms</text>');
  });

  it('escapes what it is given', () => {
    expect(chart).toContain('<title id="title">Cold &amp; warm &lt;answer&gt;</title>');
  });
});
