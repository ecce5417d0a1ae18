import { ResponseStreamError } from '../errors';

/**
 * Ends the response. Resolves on 'finish': the last byte is with the operating system, on its way to the Runtime API. Something
 * has been written by then, be it an empty text: `end` alone would send no prelude.
 */
export function endBody(stream: awslambda.HttpResponseStream): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (cause: Error) => {
      reject(brokenConnection(cause));
    };
    stream.once('error', onError);
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
