import { startBuiltLambda } from './built-lambda';
import { builtArtifact, testWith } from './tools';

testWith(builtArtifact, 'the artifact answers behind the Function URL of the local Lambda', async ({ template }) => {
  const { functionUrl } = await startBuiltLambda(template);

  const response = await fetch(functionUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Hello Background Tasks"}',
  });

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.text()).toBe('{"echoedMessage":"Hello Background Tasks"}');
});

testWith(builtArtifact, 'the artifact answers behind the Lambda API of the local Lambda', async ({ template }) => {
  const { apiUrl } = await startBuiltLambda(template);

  const response = await fetch(`${apiUrl}/2015-03-31/functions/BackgroundTasks/invocations`, {
    method: 'POST',
    body: '{ "message": "Hello Background Tasks" }',
  });

  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{"echoedMessage":"Hello Background Tasks"}');
});
