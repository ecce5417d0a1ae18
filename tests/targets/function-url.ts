import { HttpRequest } from '@smithy/core/protocols';
import type { SignatureV4 } from '@smithy/signature-v4';
import type { UrlAnswer, UrlRequest } from './target';

/** Resolves when the whole body is there. Signs the request where there is a signer. */
export async function send(functionUrl: string, request: UrlRequest, signer?: SignatureV4): Promise<UrlAnswer> {
  const url = new URL(functionUrl);
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
  const { method, body } = request;
  const headers = signer ? await signedHeaders(url, request, signer) : { ...request.headers };

  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
  return {
    requestId: response.headers.get('x-amzn-requestid') ?? '',
    status: response.status,
    headers: response.headers,
    body: await response.text(),
  };
}

async function signedHeaders(
  { host, hostname, pathname }: URL,
  { method, query = {}, headers = {}, body = '' }: UrlRequest,
  signer: SignatureV4,
): Promise<Record<string, string>> {
  const request = new HttpRequest({
    method,
    hostname,
    path: pathname,
    query: { ...query },
    headers: { ...headers, host },
    body,
  });
  const signed = await signer.sign(request);
  // fetch sets the host itself.
  return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== 'host'));
}
