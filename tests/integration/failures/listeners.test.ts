import { callUrl } from '../../helpers/invocations';
import { messages, onBothRuntimeClients } from '../../helpers/runtime-clients';

interface Input {
  readonly does: 'answers' | 'throws in a timer' | 'rejects' | 'removes every listener' | 'throws what is fatal';
}

/** Listeners of others for unhandledRejection and uncaughtException: those of the real @sentry/node, and a user's own. */
onBothRuntimeClients<Input>('Listeners', ({ lambda, http, callers }) => {
  describe.each(callers)('%s', (_, call) => {
    test.each([
      ['throws in a timer', 'uncaughtException: in a timer'],
      ['rejects', 'unhandledRejection: TypeError: untracked'],
    ] as const)('%s: theirs hear of it, and so do we', async (does, heard) => {
      const result = await call({ does });
      expect(messages(result, 'ERROR')).toEqual(['Error that nobody caught']);
      expect(result.report).toMatchObject({ handler: 'completed', failures: 1 });
      expect(heardIn(result.lines)).toEqual([heard]);
    });
  });

  test('Sentry sends what it heard of, of either kind', () => {
    const events = lambda().log.filter(({ text }) => text.startsWith('{"sentry"') && text.includes('exception'));
    for (const [message, mechanism] of [
      ['in a timer', 'auto.node.onuncaughtexception'],
      ['untracked', 'auto.node.onunhandledrejection'],
    ]) {
      const event = events.find(({ text }) => text.includes(`\\"value\\":\\"${message}\\"`));
      expect(event?.text).toContain(mechanism);
    }
  });

  test('none of them ends the process', async () => {
    expect(await http({ does: 'answers' })).toMatchObject({ status: 200, report: { coldStart: false } });
    expect(lambda().log.filter(({ text }) => text.startsWith('INIT_START'))).toHaveLength(1);
  });

  test('one that exits ends the process, as it means to: the failure is in the log by then', async () => {
    const answer = await callUrl(lambda(), 'Listeners', { does: 'throws what is fatal' });
    expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
    await lambda().waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${answer.requestId}`));
    const lines = lambda().log.filter(({ requestId }) => requestId === answer.requestId);
    const text = lines.map((line) => line.text).join('\n');
    expect(text).toContain('"message":"Error that nobody caught"');
    expect(text).toContain('Runtime exited with error: exit status 7');
    expect(await http({ does: 'answers' })).toMatchObject({ status: 200, report: { coldStart: true } });
  });

  test('a function that removes every listener does not remove ours for long', async () => {
    await http({ does: 'removes every listener' });
    const { report, lines } = await http({ does: 'throws in a timer' });
    expect(report).toMatchObject({ coldStart: false, failures: 1 });
    expect(heardIn(lines)).toEqual([]);
  });
});

function heardIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /^\{"heard":"(.*)"\}$/.exec(line)?.[1] ?? []);
}
