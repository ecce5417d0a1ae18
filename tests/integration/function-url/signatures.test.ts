import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from '../../../local/http/aws-signature';
import { testWithSigningCurl } from '../../helpers/curl';
import { serveFunctionUrl } from '../../helpers/function-url';
import { send } from '../../helpers/http-client';
import { closeAll } from '../../helpers/running-pool';

afterEach(closeAll);

const auth: Credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

const served = (credentials: Credentials = auth) =>
  serveFunctionUrl('streaming.echo', { auth: credentials, config: { authType: 'AWS_IAM' } });

interface SignOptions {
  readonly credentials?: Credentials;
  readonly service?: string;
  readonly signingDate?: Date;
}

/** The headers of a POST, signed as an SDK does. */
async function signedHeaders(url: string, body: string, options: SignOptions = {}): Promise<Record<string, string>> {
  const { credentials = auth, service = 'lambda', signingDate = new Date() } = options;
  const { host, pathname, searchParams } = new URL(url);
  const signer = new SignatureV4({ credentials, service, region: 'eu-west-1', sha256: Sha256 });
  const request = new HttpRequest({
    method: 'POST',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { host, 'content-type': 'application/json' },
    body,
  });
  return (await signer.sign(request, { signingDate })).headers;
}

test('a request that an SDK has signed is let in, and the function learns by which key', async () => {
  const { url } = await served();
  const target = `${url}some/p%C3%A4th?b=2&a=1%2F1`;
  const headers = await signedHeaders(target, '{"message":"Grüße"}');
  const { status, body } = await send(target, { method: 'POST', headers, body: '{"message":"Grüße"}' });
  expect(status).toBe(200);
  const event: unknown = JSON.parse(body);
  expect(event).toMatchObject({ body: '{"message":"Grüße"}', requestContext: { accountId: '123456789012' } });
  expect(event).toHaveProperty('requestContext.authorizer', {
    iam: {
      accessKey: 'AKIDEXAMPLE',
      accountId: '123456789012',
      callerId: 'AKIDEXAMPLE',
      cognitoIdentity: null,
      principalOrgId: null,
      userArn: 'arn:aws:iam::123456789012:user/local',
      userId: 'AKIDEXAMPLE',
    },
  });
  expect(event).not.toHaveProperty('requestContext.authentication');
});

test('temporary credentials need their token', async () => {
  const temporary = { ...auth, sessionToken: 'token' };
  const { url } = await served(temporary);
  const post = async (credentials: Credentials) =>
    send(url, { method: 'POST', headers: await signedHeaders(url, '', { credentials }) });
  expect(await post(temporary)).toMatchObject({ status: 200 });
  expect(await post(auth)).toMatchObject({
    status: 403,
    body: '{"message":"The security token included in the request is invalid."}',
  });
});

test('anything else is refused as AWS refuses it, and starts no environment', async () => {
  const { url, lines } = await served();
  const post = async (options: SignOptions, body = 'signed') => {
    const headers = await signedHeaders(url, 'signed', options);
    return send(url, { method: 'POST', headers, body });
  };
  const hour = 3_600_000;
  const refusals: [ReturnType<typeof send>, errorType: string, body: string | RegExp][] = [
    [send(url, {}), 'AccessDeniedException', /^\{"Message":"Forbidden\. For troubleshooting .*urls-auth\.html"\}$/],
    [send(url, { headers: { authorization: 'Bearer token' } }), 'AccessDeniedException', 'Forbidden'],
    [post({ credentials: { ...auth, accessKeyId: 'AKIDOTHER' } }), 'UnrecognizedClientException', 'security token'],
    [post({ credentials: { ...auth, secretAccessKey: 'guess' } }), 'InvalidSignatureException', 'does not match'],
    [post({}, 'tampered'), 'InvalidSignatureException', 'does not match'],
    [post({ service: 's3' }), 'InvalidSignatureException', "correct service: 'lambda'"],
    [post({ signingDate: new Date(Date.now() - hour) }), 'InvalidSignatureException', 'Signature expired: '],
    [post({ signingDate: new Date(Date.now() + hour) }), 'InvalidSignatureException', 'Signature not yet current: '],
    [
      send(url, { headers: { authorization: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/1/r/lambda/aws4_request' } }),
      'IncompleteSignatureException',
      'X-Amz-Date',
    ],
  ];
  for (const [answer, errorType, text] of refusals) {
    const { status, headers, body } = await answer;
    expect({ status, errorType: headers['x-amzn-errortype'] }).toEqual({ status: 403, errorType });
    expect(body).toMatch(text);
  }
  expect(lines).toEqual([]);
});

test('AuthType NONE lets anybody in, and so does a local Lambda that checks nothing', async () => {
  const none = await serveFunctionUrl('streaming.echo', { auth });
  expect((await send(none.url, {})).status).toBe(200);
  const unchecked = await serveFunctionUrl('streaming.echo', { config: { authType: 'AWS_IAM' } });
  expect((await send(unchecked.url, {})).status).toBe(200);
});

testWithSigningCurl('curl signs requests', async () => {
  const { url } = await served();
  const curl = async (secret: string, ...args: string[]) => {
    const user = `${auth.accessKeyId}:${secret}`;
    const options = ['-s', '--noproxy', '*', '--aws-sigv4', 'aws:amz:us-east-1:lambda', '--user', user];
    return (await promisify(execFile)('curl', [...options, ...args])).stdout;
  };
  expect(await curl(auth.secretAccessKey, url)).toContain('"accessKey":"AKIDEXAMPLE"');
  const body = '{"message":"Hello"}';
  const posted = await curl(auth.secretAccessKey, '-d', body, '-H', 'content-type: application/json', `${url}?a=1`);
  expect(JSON.parse(posted)).toMatchObject({ body, rawQueryString: 'a=1' });
  expect(await curl('guess', url)).toContain('does not match the signature you provided');
});
