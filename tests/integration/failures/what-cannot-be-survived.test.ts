import { callUrl } from '../../helpers/invocations';
import { scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';
import type { ScenarioName } from '../../fixtures/failures/scenarios';

scenariosOnBothRuntimeClients(({ lambda, http }) => {
  describe('what cannot be survived', () => {
    test.each<[ScenarioName, string]>([
      ['a task blocks the event loop past the deadline', 'Task timed out after 2.00 seconds'],
      ['a task ends the process', 'Runtime exited with error: exit status 3'],
    ])('%s: the caller has its answer, the platform reports, the next request is served', async (scenario, why) => {
      const answer = await callUrl(lambda(), 'Scenarios', { scenario });
      expect(answer).toMatchObject({ status: 200, body: '{"ok":true}' });
      await lambda().waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${answer.requestId}`));
      const lines = lambda()
        .log.filter(({ requestId }) => requestId === answer.requestId)
        .map(({ text }) => text);
      expect(lines.join('\n')).toContain(why);
      expect(await http('answers')).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });
});
