import { mostBytes } from '../../../../../local/page/recorder/kept-body';
import { KeptLog } from '../../../../../local/page/recorder/kept-log';

test.each([0, 1, 1_000])('of 300,000 lines of %i characters the first megabyte is kept, and REPORT', (length) => {
  const log = new KeptLog();
  const text = 'x'.repeat(length);
  const line = { requestId: 'r', functionName: 'f', environmentId: 'e' };
  for (let count = 0; count < 300_000; count += 1) log.add({ ...line, source: 'function', text }, Date.now());
  log.add({ ...line, source: 'platform', text: 'REPORT' }, Date.now());
  expect(log.lines[0]?.text).toBe(text);
  expect(log.lines.at(-1)?.text).toBe('REPORT');
  expect(JSON.stringify(log.lines).length).toBeLessThan(mostBytes * 1.01);
  expect(log.lines.length + log.dropped).toBe(300_001);
});
