import { LambdaClient } from '@aws-sdk/client-lambda';
import { readStackOutputs } from '../targets/stack-outputs';

/**
 * The global setup of these tests, since it takes longer than a file may take to declare its tests. Without a stack or
 * credentials they are skipped; a stack that is not there is one error, and not one for each test.
 */
export default async function checkRequirements(): Promise<void> {
  const missing = [...(stackName() === '' ? [theStackName] : []), ...((await hasCredentials()) ? [] : [credentials])];
  if (missing.length === 0) {
    await readStackOutputs(stackName());
    return;
  }
  process.env[reason] = `skipped: set ${missing.join(', and ')}`;
  process.stderr.write(`\nThe tests of a deployed stack are ${process.env[reason]}.\n`);
}

export const stackName = (): string => process.env['STACK_NAME'] ?? '';

/** Undefined where nothing is missing. */
export const whySkipped = (): string | undefined => process.env[reason];

const reason = 'DEPLOYED_TESTS_SKIPPED_BECAUSE';

const theStackName = 'STACK_NAME to the name of the stack';
const credentials = 'AWS credentials (AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)';

/** Credentials that are there but of no use, those of an expired session for instance, are an error. */
async function hasCredentials(): Promise<boolean> {
  const client = new LambdaClient();
  try {
    await client.config.credentials();
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('Could not load credentials from any providers')) return false;
    throw error;
  } finally {
    client.destroy();
  }
}
