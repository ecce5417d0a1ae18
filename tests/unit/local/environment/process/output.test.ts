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
      const log = new ProcessOutput(token, { onLine: (text) => passed.push(text), onTask: () => undefined });
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

test('news of a task is no part of the line that it comes in the middle of', async () => {
  const name = fc.string({ unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(name, fc.integer({ min: 1, max: 20 }), async (name, size) => {
      const passed: unknown[] = [];
      const listener = { onLine: (line: string) => passed.push(line), onTask: (task: object) => passed.push(task) };
      const log = new ProcessOutput(token, listener);
      const pipe = new PassThrough();
      const read = log.read([pipe]);
      const begun = { number: 1, name };
      const failed = { ...begun, outcome: 'failed' };
      const news = [begun, failed].map((task) => `\0${token}:${JSON.stringify(task)}\0`);
      const bytes = Buffer.from(`first\nhal${news.join('')}f\nlast\n`);
      for (let start = 0; start < bytes.length; start += size) pipe.write(bytes.subarray(start, start + size));
      pipe.end();
      await read;
      expect(passed).toEqual(['first', begun, failed, 'half', 'last']);
    }),
  );
});

test.each(['{"number":1,"name":5}', '{"number":1,"name":"x","outcome":"weird"}', '{'])(
  'what is no news of a task, %s, is left out, and what follows is read',
  async (content) => {
    const passed: unknown[] = [];
    const listener = { onLine: (line: string) => passed.push(line), onTask: (task: object) => passed.push(task) };
    const log = new ProcessOutput(token, listener);
    const pipe = new PassThrough();
    const read = log.read([pipe]);
    pipe.end(`first\n\0${token}:${content}\0last\n`);
    await read;
    expect(passed).toEqual(['first', 'last']);
  },
);

test('waits for no mark once the process has ended', async () => {
  const log = new ProcessOutput(token, { onLine: () => undefined, onTask: () => undefined });
  const pipe = new PassThrough();
  const waiting = log.reached(5);
  pipe.end();
  await log.read([pipe]);
  await waiting;
  await log.reached(6);
});
