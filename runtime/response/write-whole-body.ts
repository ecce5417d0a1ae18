import { ResponseStreamError } from '../errors';

/**
 * Ends the response with its only chunk. Resolves on 'finish': the last byte is with the operating system, on its way to
 * the Runtime API. Prelude and body come in one chunk, rather than in three by `awslambda.HttpResponseStream.from`
 * (aws-lambda-ric 4.0.2, src/stream/http-response-stream.ts). The write is there for an empty body too: `end` alone
 * would send no prelude.
 */
export function writeWholeBody(stream: awslambda.HttpResponseStream, chunk: string | Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error) => {
      reject(brokenConnection(cause));
    };
    stream.once('error', onError);
    stream.write(chunk);
    // Node.js 22's runtime (aws-lambda-ric 3, index.mjs) takes nothing but a callback here.
    stream.end(() => {
      // The runtime client has a listener of its own. Its stream outlives the invocation: all that this one refers to
      // would live with it until the next full garbage collection.
      stream.removeListener('error', onError);
      resolve();
    });
  });
}

export function brokenConnection(cause: Error): ResponseStreamError {
  return new ResponseStreamError('The connection to the Runtime API broke before the response was sent', { cause });
}
