import { errorsIn, onBothRuntimes } from '../../helpers/adapters';

/** Docs: docs/failures.md, "A handler that streams by itself". Its rows are the names of these tests. */
onBothRuntimes('handler-adapter', ({ urlOf, observed }) => {
  const get = (scenario: string) => fetch(`${urlOf('HastyStreams')}/${scenario}`);
  const read = async (response: Response) => ({ status: response.status, body: await response.text() });

  test('handle has not written when the grace ends: a 504, and the environment goes on', async () => {
    const response = await get('never-writes');
    expect(await read(response)).toEqual({ status: 504, body: '{"message":"Gateway Timeout"}' });
    const observation = await observed(response);
    expect(errorsIn(observation)).toMatchObject([{ message: 'Handler cut off' }, { message: 'Response not sent' }]);
    expect(observation.report).toMatchObject({ handler: 'cut off', failures: 1 });
    expect((await observed(await get('http'))).report).toMatchObject({ coldStart: false, failures: 0 });
  });

  describe('deadline minus reserve', () => {
    test.each([
      ['handle returns without write of the end, which may yet come', 'returns-without-end'],
      ['a body without end', 'endless'],
    ])('%s: its beginning and no end, cut off', async (_, scenario) => {
      const response = await get(scenario);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('terminated');
      const observation = await observed(response);
      expect(errorsIn(observation)).toMatchObject([{ message: 'Handler cut off' }]);
      expect(observation.report).toMatchObject({ handler: 'cut off', failures: 0 });
      expect(observation.lines.join()).not.toContain('Task timed out');
      const next = await observed(await get('http'));
      expect(next.report).toMatchObject({ coldStart: false, failures: 0 });
      expect(next.lines.join()).not.toContain('after its invocation had ended');
    });

    test('goes on after the end of its stream: its answer, and handle is cut off', async () => {
      const response = await get('goes-on-after-end');
      expect(await read(response)).toEqual({ status: 200, body: 'all of it' });
      const observation = await observed(response);
      expect(errorsIn(observation)).toMatchObject([{ message: 'Handler cut off' }]);
      expect(observation.report).toMatchObject({ handler: 'cut off', failures: 0 });
    });
  });
});
