import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { ObservedResponse } from '../../../../../local/http/observed-response';
import { Recorder } from '../../../../../local/page/recorder/recorder';
import type { FunctionDefinition } from '../../../../../local/template/definition';

const definition: FunctionDefinition = {
  ...{ logicalId: 'Orders', name: 'Orders', handler: 'app.handler', runtime: 'nodejs24.x', architecture: 'x86_64' },
  ...{ timeout: 3, memorySize: 128, environment: {}, codeUri: '/', aliases: [], eventConfigs: [], warnings: [] },
};
const here = { functionName: 'Orders', environmentId: 'environment' };

function startRecorder() {
  const recorder = new Recorder();
  recorder.addFunction(definition);
  return {
    recorder,
    /** A request that arrives; what is returned hangs up. */
    call: (requestId: string) => {
      const request = new IncomingMessage(new Socket());
      const response = new ObservedResponse(request);
      recorder.takeExchange({
        ...{ requestId, functionName: 'Orders', door: 'Function URL', body: undefined },
        ...{ request, response },
      });
      return () => response.emit('close');
    },
    shown: () => [...recorder.invocations.values()].map(({ state: { id, status } }) => ({ id, status })),
  };
}

const ended = { ...here, requestId: 'a', errorType: undefined, duration: 1, initDuration: 1, maxMemoryUsed: undefined };

test('a caller who hangs up during a cold start makes one invocation, which begins all the same', () => {
  const { recorder, call, shown } = startRecorder();
  const hangUp = call('a');
  recorder.takePhase({ ...here, phase: 'init' });
  hangUp();
  expect(shown()).toEqual([{ id: 'a', status: 'refused' }]);
  recorder.takeLine({ ...here, requestId: 'a', source: 'platform', text: 'START RequestId: a' });
  recorder.takePhase({ ...here, phase: 'busy', requestId: 'a' });
  expect(shown()).toEqual([{ id: 'a', status: 'handling' }]);
  expect(recorder.invocations.get('a')?.state).toMatchObject({ attempt: 1, endedAt: undefined });
  recorder.takeEnd({ ...ended, status: 'success' });
  expect(shown()).toEqual([{ id: 'a', status: 'completed' }]);
});

test('one that has ended and begins again is another attempt', () => {
  const { recorder, call, shown } = startRecorder();
  call('a');
  recorder.takePhase({ ...here, phase: 'busy', requestId: 'a' });
  recorder.takeEnd({ ...ended, status: 'error' });
  recorder.takePhase({ ...here, phase: 'busy', requestId: 'a' });
  expect(shown()).toEqual([
    { id: 'a', status: 'failed' },
    { id: 'a.2', status: 'handling' },
  ]);
});

test('what changes while nobody observes is not kept to be taken', () => {
  const { recorder, call } = startRecorder();
  const nothing = { changed: [], removed: [] };
  for (let count = 0; count < 501; count += 1) call(`unseen ${count}`)();
  expect(recorder.dropped).toBe(1);
  expect(recorder.takeChanges()).toEqual(nothing);

  const stop = recorder.observe(() => undefined);
  call('seen')();
  const { changed, removed } = recorder.takeChanges();
  expect(changed.map(({ id }) => id)).toEqual(['seen']);
  expect(removed).toEqual(['unseen 1']);

  call('not taken')();
  stop();
  call('unseen again')();
  expect(recorder.takeChanges()).toEqual(nothing);
});
