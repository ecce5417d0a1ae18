import { invokeByAwsCli } from './helpers/aws-cli';
import { builtArtifact } from './helpers/built-artifact';
import { startBuiltLambda } from './helpers/built-lambda';
import { testWith } from './helpers/test-with';
import { awsCli } from './helpers/tools';

testWith(
  () => ({ ...builtArtifact(), aws: awsCli() }),
  'the AWS CLI invokes the function as the README says',
  async ({ template, aws }) => {
    const { apiUrl } = await startBuiltLambda(template);

    const { status, response } = await invokeByAwsCli(aws, {
      endpoint: apiUrl,
      functionName: 'BackgroundTasks',
      payload: '{ "message" : "Hello Background Tasks" }',
    });

    expect(status).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(response).toBe('{"echoedMessage":"Hello Background Tasks"}');
  },
);
