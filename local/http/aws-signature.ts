import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** What a request is signed with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Those of this process, by the variables that the AWS CLI and SDKs read too. */
export function environmentCredentials(env = process.env): Credentials | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Signs as AWS SDKs do, version 4. */
export const requestSigner = (options: { credentials: Credentials; region: string; service: string }): SignatureV4 =>
  new SignatureV4({ ...options, sha256: Sha256, applyChecksum: false });
