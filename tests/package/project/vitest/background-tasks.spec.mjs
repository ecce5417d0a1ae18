import { startLocalLambda } from 'background-tasks/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';

let lambda;
beforeAll(async () => {
  lambda = await startLocalLambda({ variables: { BACKGROUND_SECONDS: '0.2' } });
});
afterAll(() => lambda.close());

test('answers, and then writes the audit record', async () => {
  const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ message: 'Hello' }) });
  let ended = false;
  const invocation = response.invocation.finally(() => (ended = true));
  expect(await response.json()).toEqual({ echoedMessage: 'Hello' });
  expect(ended).toBe(false);

  const { status, report, log } = await invocation;
  expect(status).toBe('success');
  expect(report.tasks).toMatchObject([{ name: 'audit record', outcome: 'completed' }]);
  expect(log.join('\n')).toContain('answered');
});
