import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { HttpRequest } from '@smithy/core/protocols';
import { requestSigner, type Credentials } from '../http/aws-signature';
import { headerOf, parseRequestTarget } from '../http/server';
import { requestHeaders } from './event';
import {
  expired,
  forbidden,
  incompleteSignature,
  notYetCurrent,
  signatureMismatch,
  unknownKey,
  wrongService,
} from './signature-error';

const MAX_CLOCK_SKEW_MS = 5 * 60_000;

/**
 * Checks the signature of a request (version 4, in its Authorization header) by signing the same request again. Rejects
 * with a SignatureError.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function verifySignature(request: IncomingMessage, body: Buffer, credentials: Credentials): Promise<void> {
  const claim = parseAuthorization(request.headers.authorization);
  if (!claim) throw forbidden();
  const sessionToken = headerOf(request, 'x-amz-security-token');
  if (claim.accessKeyId !== credentials.accessKeyId || sessionToken !== credentials.sessionToken) throw unknownKey();
  if (claim.service !== 'lambda') throw wrongService();
  const signedAt = parseAmzDate(headerOf(request, 'x-amz-date'));
  if (!signedAt) throw incompleteSignature();
  assertCurrent(signedAt);
  const claimedHash = headerOf(request, 'x-amz-content-sha256') ?? sha256(body);
  if (claimedHash !== sha256(body)) throw signatureMismatch();
  const signature = await sign(request, body, { claim, signedAt, credentials });
  if (!isSame(signature, claim.signature)) throw signatureMismatch();
}

interface Claim {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: ReadonlySet<string>;
  readonly signature: string;
}

/** `AWS4-HMAC-SHA256 Credential=key/20250101/us-east-1/lambda/aws4_request, SignedHeaders=host;x-amz-date, Signature=…` */
function parseAuthorization(authorization = ''): Claim | undefined {
  const [, fields] = /^AWS4-HMAC-SHA256\s+(.*)$/.exec(authorization) ?? [];
  if (fields === undefined) return undefined;
  const field = (name: string): string => new RegExp(`(?:^|[\\s,])${name}=([^\\s,]+)`).exec(fields)?.[1] ?? '';
  const [accessKeyId = '', , region = '', service = ''] = field('Credential').split('/');
  const signedHeaders = new Set(field('SignedHeaders').split(';'));
  return { accessKeyId, region, service, signedHeaders, signature: field('Signature') };
}

/** `20250101T120000Z` */
function parseAmzDate(text = ''): Date | undefined {
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const date = new Date(iso === text ? NaN : iso);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function assertCurrent(signedAt: Date): void {
  const age = Date.now() - signedAt.getTime();
  if (age > MAX_CLOCK_SKEW_MS) throw expired(signedAt, MAX_CLOCK_SKEW_MS);
  if (age < -MAX_CLOCK_SKEW_MS) throw notYetCurrent(signedAt, MAX_CLOCK_SKEW_MS);
}

async function sign(
  request: IncomingMessage,
  body: Buffer,
  { claim, signedAt, credentials }: { claim: Claim; signedAt: Date; credentials: Credentials },
): Promise<string> {
  const { path, query } = parseRequestTarget(request.url ?? '/');
  const signed = Object.entries(requestHeaders(request)).filter(([name]) => claim.signedHeaders.has(name));
  const { region, service, signedHeaders } = claim;
  const signer = requestSigner({ credentials, region, service });
  const again = await signer.sign(
    new HttpRequest({
      method: request.method ?? 'GET',
      path,
      query: parseQuery(query),
      headers: Object.fromEntries(signed),
      body,
    }),
    { signingDate: signedAt, signableHeaders: new Set(signedHeaders) },
  );
  return parseAuthorization(again.headers['authorization'])?.signature ?? '';
}

function parseQuery(query: string): Record<string, string[]> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name)]));
}

const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

function isSame(...signatures: [string, string]): boolean {
  const [expected, actual] = signatures.map((signature) => Buffer.from(signature));
  return expected !== undefined && actual?.length === expected.length && timingSafeEqual(expected, actual);
}
