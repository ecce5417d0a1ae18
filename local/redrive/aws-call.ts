import * as v from 'valibot';
import { reasonOf, UserError } from '../user-error';

/** What AWS was asked for, to be told of when it does not do it. */
export interface AwsCall {
  /** `sqs:ReceiveMessage` */
  readonly permission: string;
  /** What for: a queue, a function. */
  readonly on: string;
}

/** Says what to do about a call that has failed. */
export class AwsCallError extends UserError {
  /** Whether it is only this request that AWS refuses. Otherwise the next one will fail in the same way. */
  readonly isOfThisRequest: boolean;

  constructor(message: string, { cause, isOfThisRequest }: { cause: unknown; isOfThisRequest: boolean }) {
    super(message, { cause });
    this.isOfThisRequest = isOfThisRequest;
  }
}

/** Rejects with an AwsCallError. */
export async function callAws<Answer>(call: AwsCall, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    throw describe(cause, call);
  }
}

const SdkError = v.object({
  name: v.string(),
  message: v.string(),
  $metadata: v.optional(v.object({ httpStatusCode: v.optional(v.number()) })),
});

const noCredentials = /^(CredentialsProviderError|TokenProviderError)$/;
const badCredentials =
  /^(ExpiredToken|RequestExpired|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|InvalidAccessKeyId)/;

/** The queue's region has taken the key: that of an event, if it is another, may not be enabled for the account. */
const unknownKey = /^(UnrecognizedClient|InvalidClientTokenId)/;

/** A region that does not exist has no address. Without a network the queue has none either, and is asked next. */
const isNoHost = (cause: unknown): boolean => v.is(v.object({ code: v.literal('ENOTFOUND') }), cause);

function describe(cause: unknown, { permission, on }: AwsCall): AwsCallError {
  const { name = '', $metadata } = v.is(SdkError, cause) ? cause : {};
  const status = $metadata?.httpStatusCode;
  const reason = reasonOf(cause);
  const fail = (message: string, isOfThisRequest = false) => new AwsCallError(message, { cause, isOfThisRequest });
  if (reason === 'Region is missing') return fail('There is no region: set AWS_REGION, or one in your profile');
  if (noCredentials.test(name)) {
    return fail(`There are no credentials: sign in (aws sso login, aws configure) or set AWS_PROFILE (${reason})`);
  }
  if (status === undefined) return fail(`AWS cannot be reached for ${permission}: ${reason}`, isNoHost(cause));
  if (badCredentials.test(name)) {
    return fail(
      `AWS does not take the credentials, sign in again (${name}: ${reason})`,
      permission === 'lambda:InvokeFunction' && unknownKey.test(name),
    );
  }
  if (/QueueDoesNotExist|NonExistentQueue/.test(name)) {
    return fail(`There is no ${on} here: \`aws sqs list-queues\` has those of this account and region (AWS_REGION)`);
  }
  if (name.startsWith('AccessDenied'))
    return fail(`It needs the permission ${permission} on the ${on}: ${reason}`, true);
  return fail(`${permission} on the ${on} failed with ${name}: ${reason}`, true);
}
