/** Why a request is not let in: what AWS answers with a 403. */
export class SignatureError extends Error {
  override readonly name = 'SignatureError';
  readonly errorType: string;
  readonly body: object;

  constructor(errorType: string, message: string, body: object = { message }) {
    super(message);
    this.errorType = errorType;
    this.body = body;
  }
}

export function forbidden(): SignatureError {
  const troubleshooting = 'https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';
  const Message = `Forbidden. For troubleshooting Function URL authorization issues, see: ${troubleshooting}`;
  return new SignatureError('AccessDeniedException', Message, { Message });
}

/** AWS refuses whatever is not signed; here that is for web pages only. */
export const unsignedPage = (): SignatureError =>
  new SignatureError(
    'AccessDeniedException',
    'Expected a signed request, or one that no web page of another origin has made: AuthType is AWS_IAM. ' +
      'The Cors of the Function URL says which origins may.',
  );

export const unknownKey = (): SignatureError =>
  new SignatureError('UnrecognizedClientException', 'The security token included in the request is invalid.');

export const wrongService = (): SignatureError =>
  new SignatureError('InvalidSignatureException', "Credential should be scoped to correct service: 'lambda'.");

export const incompleteSignature = (): SignatureError =>
  new SignatureError(
    'IncompleteSignatureException',
    "Authorization header requires existence of a 'X-Amz-Date' header.",
  );

export const signatureMismatch = (): SignatureError =>
  new SignatureError(
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. ' +
      'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  );

export function expired(signedAt: Date, allowedMs: number): SignatureError {
  const now = Date.now();
  const oldest = `${amzDate(now - allowedMs)} (${amzDate(now)} - ${allowedMs / 60_000} min.)`;
  const message = `Signature expired: ${amzDate(signedAt.getTime())} is now earlier than ${oldest}`;
  return new SignatureError('InvalidSignatureException', message);
}

export function notYetCurrent(signedAt: Date, allowedMs: number): SignatureError {
  const now = Date.now();
  const latest = `${amzDate(now + allowedMs)} (${amzDate(now)} + ${allowedMs / 60_000} min.)`;
  const message = `Signature not yet current: ${amzDate(signedAt.getTime())} is still later than ${latest}`;
  return new SignatureError('InvalidSignatureException', message);
}

/** `20250101T120000Z` */
const amzDate = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '');
