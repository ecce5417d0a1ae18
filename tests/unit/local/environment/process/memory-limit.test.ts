import { MemoryLimit } from '../../../../../local/environment/process/memory-limit';

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux('the memory that was used is no more than there is, be it that of files that do not count', () => {
  // This process has held more than the first of them.
  const peaks = [10, 100_000].map((limit) => {
    const memory = new MemoryLimit(limit, () => undefined);
    memory.watch(process.pid);
    memory.look();
    memory.end();
    return memory.peak;
  });
  expect(peaks[0]).toBe(10);
  expect(peaks[1]).toBeGreaterThan(10);
  expect(peaks[1]).toBeLessThan(100_000);
});
