import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onBothRuntimes } from '../../helpers/adapters';
import { folderWith } from '../../helpers/folder-with';
import { outcomes } from '../../helpers/function-records';

/** Docs: docs/adopt.md, "Telemetry" and "waitUntil of other platforms". */
onBothRuntimes('wait-until', ({ urlOf, observed }) => {
  /** Calls the function, and lets the work end: `before` the answer, once it is in hand, or when the invocation has ended. */
  const call = async (name: string, way: string, workEnds: 'before' | 'after the answer' | 'too late') => {
    const file = join(await folderWith({}), 'go-on');
    if (workEnds === 'before') await writeFile(file, '');
    const response = await fetch(`${urlOf(name)}/${way}?file=${encodeURIComponent(file)}`);
    expect(await response.text()).toBe('answered');
    if (workEnds === 'after the answer') await writeFile(file, '');
    const { lines, report } = await observed(response);
    await writeFile(file, '');
    return {
      // Sentry sends more than one thing, at once: each is a flush.
      said: [...new Set(lines.filter((line) => line.startsWith(`${file}: `)))].map((line) =>
        line.slice(file.length + 2),
      ),
      tasks: outcomes(report),
      failures: report.failures,
      lines,
    };
  };
  const waitedFor = (work: string) => ({
    said: ['answered', work],
    tasks: [['task 1', 'completed']],
    failures: 0,
  });
  const nobodyWaits = { said: ['answered'], tasks: [], failures: 0 };

  test('the import finds its invocation from a timer and from a task', async () => {
    expect((await call('Plain', 'import', 'after the answer')).tasks).toEqual([
      ['from a timer', 'completed'],
      ['a task', 'completed'],
      ['from a task', 'completed'],
    ]);
  });

  describe('after of Next.js', () => {
    test.each(['Plain', 'Vercel'])('is waited for, %s', async (name) => {
      expect(await call(name, 'next', 'after the answer')).toMatchObject(waitedFor('work done'));
    });

    test('where somebody else offers theirs, that is left alone', async () => {
      const { tasks, lines } = await call('SomeoneElses', 'next', 'before');
      expect({ tasks, theirs: lines.includes('theirs') }).toEqual({ tasks: [], theirs: true });
    });
  });

  describe('waitUntil of @vercel/functions', () => {
    test('is waited for, with the option', async () => {
      expect(await call('Vercel', 'vercel', 'after the answer')).toMatchObject(waitedFor('work done'));
    });

    test('does nothing, without it', async () => {
      expect(await call('Plain', 'vercel', 'too late')).toMatchObject(nobodyWaits);
    });
  });

  describe('flushIfServerless of @sentry/core', () => {
    test('flushes before it resolves, without the option', async () => {
      const flushedFirst = { said: ['flush done', 'answered'], tasks: [], failures: 0 };
      expect(await call('Plain', 'sentry', 'before')).toMatchObject(flushedFirst);
    });

    test('nobody waits for the flush, with the option', async () => {
      expect(await call('Vercel', 'sentry', 'too late')).toMatchObject(nobodyWaits);
    });

    test.each(['Plain', 'Vercel'])('is waited for where it is given waitUntil, %s', async (name) => {
      expect(await call(name, 'sentry-with-wait-until', 'after the answer')).toMatchObject(waitedFor('flush done'));
    });
  });
});
