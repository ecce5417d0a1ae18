import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startLocalLambda } from 'background-tasks/testing';

let lambda;
before(async () => {
  lambda = await startLocalLambda({ variables: { BACKGROUND_SECONDS: '0.2' } });
});
after(() => lambda.close());

test('answers, and then writes the audit record', async () => {
  const response = await lambda.fetch('/', { method: 'POST', body: JSON.stringify({ message: 'Hello' }) });
  let ended = false;
  const invocation = response.invocation.finally(() => (ended = true));
  assert.deepEqual(await response.json(), { echoedMessage: 'Hello' });
  assert.equal(ended, false);

  const { status, report, log } = await invocation;
  assert.equal(status, 'success');
  assert.deepEqual(
    report.tasks.map(({ name, outcome }) => [name, outcome]),
    [['audit record', 'completed']],
  );
  assert.match(log.join('\n'), /answered/);
});
