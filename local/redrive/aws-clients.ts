import type { Lambda } from '@aws-sdk/client-lambda';
import type { SQS } from '@aws-sdk/client-sqs';
import { UserError } from '../user-error';

// The clients are optional peers of the package: whoever never redrives need not install them. So nothing else may import them.

/** A client for the region, or for the one that variables or the profile name. */
export async function sqsClient(region: string | undefined): Promise<SQS> {
  const sdk = await installed(() => import('@aws-sdk/client-sqs'));
  return new sdk.SQS(settings(region));
}

export async function lambdaClient(region: string | undefined): Promise<Lambda> {
  const sdk = await installed(() => import('@aws-sdk/client-lambda'));
  return new sdk.Lambda(settings(region));
}

async function installed<Sdk>(load: () => Promise<Sdk>): Promise<Sdk> {
  try {
    return await load();
  } catch (cause) {
    // With the one or the other code, as it is imported or required.
    if (!(cause instanceof Error && 'code' in cause && /MODULE_NOT_FOUND$/.test(String(cause.code)))) throw cause;
    throw new UserError(
      'redrive needs two clients of the AWS SDK, which are not here: npm i -D @aws-sdk/client-sqs @aws-sdk/client-lambda',
      { cause },
    );
  }
}

function settings(named: string | undefined) {
  // The SDK itself reads AWS_REGION only; the AWS CLI reads both.
  const region = named ?? (process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION']);
  return {
    ...(region ? { region } : {}),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  };
}
