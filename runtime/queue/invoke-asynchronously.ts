import { setTimeout as sleep } from 'node:timers/promises';
import type { InvocationIdentity } from '../log/invocation-identity';
import { Connections } from './connections';
import { endpointOf } from './endpoint';
import { LambdaApiError } from './errors';
import { signerFor } from './signer';

/**
 * Has Lambda invoke, asynchronously, the function that is running, at the qualifier it was invoked by. Resolves once Lambda
 * has accepted it (202). Throttles, failures of Lambda's and of the connection are tried again, within `milliseconds`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export async function invokeAsynchronously(
  invocation: InvocationIdentity,
  payload: string,
  milliseconds: number,
): Promise<void> {
  const endsAt = Date.now() + milliseconds;
  for (let attempt = 1; ; attempt += 1) {
    // What fails here, an endpoint that is no URL for instance, does not pass.
    const request = await signedRequest(invocation, payload);
    try {
      await answered(request, payload, Math.min(endsAt - Date.now(), attemptMilliseconds));
      return;
    } catch (error) {
      // Jitter, since those that were throttled together would come together again.
      const pause = 25 * 2 ** attempt * (0.5 + Math.random());
      if (!isPassing(error) || attempt === mostAttempts || Date.now() + pause >= endsAt) throw error;
      await sleep(pause);
    }
  }
}

/** With the pauses between them, a caller who waits for `enqueue` hears of a throttle after a second and a half or so. */
const mostAttempts = 6;

/** Lambda accepts an event in tens of milliseconds. What takes longer has gone into a connection that is none any more. */
const attemptMilliseconds = 2_000;

const connections = new Connections();

interface SignedRequest {
  readonly protocol: string;
  readonly method: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
  readonly headers: Record<string, string>;
}

async function signedRequest(invocation: InvocationIdentity, body: string): Promise<SignedRequest> {
  const { functionArn, region, partition, qualifier } = partsOf(invocation.invokedFunctionArn);
  const { protocol, host, hostname, port } = endpointOf(process.env, { region, partition });
  const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
  const signed = await signerFor(region).sign({
    method: 'POST',
    protocol,
    hostname,
    path,
    query: qualifier === undefined ? {} : { Qualifier: qualifier },
    headers: {
      host,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'x-amz-invocation-type': 'Event',
      // By it Lambda finds a function that goes on invoking itself, and stops it.
      ...(invocation.trace === undefined ? {} : { 'x-amzn-trace-id': invocation.trace }),
    },
    body,
  });
  const search = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
  return { protocol, method: 'POST', hostname, port, path: path + search, headers: signed.headers };
}

/** Sends it, and resolves once the answer says that Lambda has accepted the event. */
function answered({ protocol, ...options }: SignedRequest, body: string, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = connections.request(protocol, options);
    const timer = setTimeout(() => {
      request.destroy(new Error(`${options.hostname} has not answered within ${Math.round(milliseconds)} ms`));
    }, milliseconds);
    request
      .once('close', () => {
        clearTimeout(timer);
      })
      .once('error', reject)
      .once('response', (response) => {
        let text = '';
        response
          .setEncoding('utf8')
          .on('data', (part: string) => (text += part))
          .once('error', reject)
          .once('end', () => {
            const { statusCode = 0, headers } = response;
            if (statusCode === 202) resolve();
            else reject(new LambdaApiError(codeOf(headers['x-amzn-errortype']), statusCode, text.slice(0, 1_000)));
          });
      });
    request.end(body);
  });
}

/** The header may go on after the name: `TooManyRequestsException:http://internal.amazon.com/...` */
function codeOf(errorType: unknown): string {
  return typeof errorType === 'string' ? errorType.replace(/:.*/, '') : 'UnknownError';
}

function isPassing(error: unknown): boolean {
  return !(error instanceof LambdaApiError) || error.statusCode === 429 || error.statusCode >= 500;
}

/** `arn:aws:lambda:eu-west-1:123456789012:function:name:live`, the last part only where a qualifier was named. */
function partsOf(arn: string) {
  const [, partition = '', , region = '', , , , qualifier] = arn.split(':');
  const functionArn = qualifier === undefined ? arn : arn.slice(0, -qualifier.length - 1);
  return { functionArn, partition, region, qualifier };
}
