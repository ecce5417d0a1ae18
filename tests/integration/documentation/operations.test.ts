import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundSeconds } from '../../helpers/background-seconds';
import { startLocalLambda } from '../../../testing';
import { observationOf } from '../../helpers/function-records';
import { callApi } from '../../helpers/invocations';
import { startObservedLambda } from '../../helpers/local-lambda';
import { fences } from '../../helpers/readme';
import { recipes } from '../../helpers/recipes';
import { templateWith } from '../../helpers/template-with';

test('what docs/operations.md asks the log for is in the records of an invocation whose task failed', async () => {
  const guide = readFileSync(join(__dirname, '../../../docs/operations.md'), 'utf8');
  const queries = fences(guide)
    .filter(({ language }) => language === 'text')
    .map(({ content }) => content)
    .join();
  const messages = [...queries.matchAll(/message = "([^"]+)"/g)].map(([, message]) => message);
  const keys = [...queries.matchAll(/(?<![\w.])(?:record\.)?((?:report|error)\.[\w.]+)|sum\((\w+)\)/g)].map(
    ([, key, metric]) => key ?? metric,
  );
  expect(new Set(keys)).toContain('report.tasks.0.name');

  const template = join(__dirname, '../../fixtures/failures/template.yaml');
  await using lambda = await startLocalLambda({ template, function: 'Scenarios' });
  const body = JSON.stringify({ scenario: 'one task fails' });
  const { invocation } = await lambda.fetch('/', { method: 'POST', body });
  const { records } = observationOf(await invocation);

  expect(records.map(({ message }) => message)).toEqual(expect.arrayContaining(messages));
  expect([...new Set(records.flatMap((record) => flattenedKeys(record)))]).toEqual(expect.arrayContaining(keys));
  expect(records).toContainEqual(expect.objectContaining({ level: 'ERROR', task: 'webhook' }));
});

test('the local Lambda runs the template with every recipe of docs/operations.md', async () => {
  const template = await templateWith('template.yaml', ...recipes.values());
  const lambda = await startObservedLambda({ template, envVars: await backgroundSeconds(0) });
  const input = { message: 'Hello' };

  // Gradual deployment, and JSON logs at the level INFO:
  const { body, requestId } = await callApi(lambda, 'BackgroundTasks:live', input);
  expect(body).toBe('{"echoedMessage":"Hello"}');
  await lambda.waitForLog(({ text, ...line }) => line.requestId === requestId && text.includes('"platform.report"'));
  expect(lambda.log.map(({ text }) => text).join()).not.toContain('"DEBUG"');

  // CORS:
  const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
  const preflight = await fetch(lambda.functionUrls[0]?.url ?? '', { method: 'OPTIONS', headers });
  expect(preflight.headers.get('access-control-allow-origin')).toBe('https://example.com');
});

/** As Logs Insights names them: `report.tasks.0.name`; and each key of what it takes for a structure. */
function flattenedKeys(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${prefix}${key}`,
    ...flattenedKeys(inner, `${prefix}${key}.`),
  ]);
}
