import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { ProcessOutput } from '../../../../../local/environment/process/output';

// Begins with a digit, which in a careless regular expression would make an octal escape of the NUL before it.
const token = '7fe95ea0';

test('passes on every line before the mark it comes before, however the bytes were cut', async () => {
  const line = fc.stringMatching(/^[a-zü€]*$/);
  const property = fc.asyncProperty(
    fc.array(line),
    line,
    fc.integer({ min: 1, max: 20 }),
    async (lines, last, size) => {
      const passed: string[] = [];
      const log = new ProcessOutput(token, (text) => passed.push(text));
      const pipe = new PassThrough();
      const read = log.read([pipe]);
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join('') + `${last}\0${token}:1\0`);
      for (let start = 0; start < bytes.length; start += size) pipe.write(bytes.subarray(start, start + size));
      await log.reached(1);
      expect(passed).toEqual(last === '' ? lines : [...lines, last]);
      pipe.end('afterwards');
      await read;
      expect(passed.at(-1)).toBe('afterwards');
    },
  );
  await fc.assert(property);
});

test('waits for no mark once the process has ended', async () => {
  const log = new ProcessOutput(token, () => undefined);
  const pipe = new PassThrough();
  const waiting = log.reached(5);
  pipe.end();
  await log.read([pipe]);
  await waiting;
  await log.reached(6);
});
