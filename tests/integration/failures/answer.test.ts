import { scenariosOnBothRuntimeClients } from '../../helpers/runtime-clients';
import type { ScenarioName } from '../../fixtures/failures/scenarios';

scenariosOnBothRuntimeClients(({ http, direct }) => {
  describe('the answer', () => {
    test.each<[ScenarioName, number]>([
      ['answers 204', 204],
      ['answers 304', 304],
    ])('%s keeps its status and headers and has no body', async (scenario, status) => {
      const result = await http(scenario);
      expect(result).toMatchObject({ status, body: '' });
      expect(result.headers.get('etag')).toBe('"1"');
    });

    test('to HEAD keeps its status and headers and has no body', async () => {
      const result = await http('answers with status, header and cookies', 'HEAD');
      expect(result).toMatchObject({ status: 201, body: '' });
      expect(result.headers.get('content-type')).toBe('application/json');
    });

    test('has the status, headers and cookies that write was given', async () => {
      const result = await http('answers with status, header and cookies');
      expect(result).toMatchObject({ status: 201, body: '{"ok":true}' });
      expect(result.headers.get('x-kind')).toBe('test');
      expect(result.headers.getSetCookie()).toEqual(['a=1', 'b=2; Path=/']);
    });

    test('is the bare JSON to a direct caller, whatever metadata write was given', async () => {
      const result = await direct('answers with status, header and cookies');
      expect(result).toMatchObject({ status: 200, body: '{"ok":true}' });
    });
  });
});
