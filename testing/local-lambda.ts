import { stop as stopEsbuild } from 'esbuild';
import { startLocalLambda as serve } from '../local/local-lambda';
import type { EndedInvocation } from './ended-invocation';
import { Invocations } from './invocations';
import { type DirectAnswer, invoke } from './invoke';
import { assertOptions, type TestLambdaOptions } from './options';

/** A Lambda on this machine for a test, with the functions of a template, on free ports of 127.0.0.1. */
export interface TestLambda {
  /** The Function URL, undefined where the template gives the function none. */
  readonly url: string | undefined;
  /** The endpoint of the Lambda API, for an AWS SDK. */
  readonly apiUrl: string;
  /**
   * Calls the Function URL: `path` is what follows its host, else all is as with the global fetch. Resolves with the
   * answer, while the invocation may go on. Rejects where the function has no URL.
   */
  fetch(path: string, init?: RequestInit): Promise<InvokedResponse>;
  /** Invokes the function by the Lambda API, as `aws lambda invoke` does. Resolves with its answer. */
  invoke(payload: unknown): Promise<DirectAnswer>;
  /**
   * Resolves to an invocation, whoever has called it, when it has ended: that of a queued task, for instance, or one of its
   * attempts. It is the first, of any function of the template, of which `which` holds and that this has not resolved to
   * before; it may have ended already. Rejects with what `which` throws, when there is none
   * within `patience`, and when the Lambda is closed.
   */
  nextInvocation(which: (invocation: EndedInvocation) => boolean): Promise<EndedInvocation>;
  /** Ends all of it, whatever it is doing: no process and no open port remains. May be called again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface InvokedResponse extends Response {
  /**
   * Resolves when the invocation has ended, after the background work. Rejects where the answer is the URL's own (a 403,
   * a 429), when the end takes longer than `patience`, and when the Lambda is closed before it.
   */
  readonly invocation: Promise<EndedInvocation>;
}

/**
 * Builds the functions of a template and starts a local Lambda for them. Rejects, with nothing left running, with an
 * error that says what is wrong with the template or the options.
 */
export async function startLocalLambda(options: TestLambdaOptions = {}): Promise<TestLambda> {
  assertOptions(options);
  const invocations = new Invocations();
  openLambdas += 1;
  const lambda = await serve({
    template: options.template,
    parameterOverrides: options.parameters,
    variables: options.variables,
    retryDelay: options.retryDelay ?? 60,
    port: 0,
    apiPort: 0,
    onLog: (line) => {
      invocations.takeLine(line);
    },
    onEnd: (ended) => {
      invocations.takeEnd(ended);
    },
    onWarning: (message) => process.stderr.write(`Warning: ${message}\n`),
  }).catch(async (error: unknown) => {
    await closed();
    throw error;
  });
  let closing: Promise<void> | undefined;
  const close = () =>
    (closing ??= lambda.close().then(async () => {
      invocations.close();
      await closed();
    }));
  try {
    const { name, timeout } = lambda.definition(options.function);
    const url = lambda.functionUrls.find(({ functionName }) => functionName === name)?.url;
    const patience = options.patience ?? timeout + 10;
    const ended = (requestId: string) => tolerated(invocations.ended(requestId, patience));
    return {
      url,
      apiUrl: lambda.apiUrl,
      fetch: async (path, init) => {
        const response = await fetch(urlOf(name, url) + path.replace(/^\//, ''), init);
        const requestId = response.headers.get('x-amzn-requestid') ?? '';
        const invocation = invocations.hasBegun(requestId) ? ended(requestId) : tolerated(notInvoked(response));
        return Object.assign(response, { invocation });
      },
      invoke: (payload) => invoke({ apiUrl: lambda.apiUrl, functionName: name }, payload, ended),
      nextInvocation: (which) => tolerated(invocations.next(which, patience)),
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** In this process. esbuild's own process serves all of them. */
let openLambdas = 0;

async function closed(): Promise<void> {
  openLambdas -= 1;
  if (openLambdas === 0) await stopEsbuild();
}

/** A test need not look at the end of each invocation: a rejection that nobody awaits is no error of the test. */
function tolerated<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

function urlOf(name: string, url: string | undefined): string {
  if (url === undefined) throw new Error(`Expected ${name} to have a Function URL, the template gives it none`);
  return url;
}

async function notInvoked({ status }: Response): Promise<never> {
  return Promise.reject(
    new Error(`Expected an invocation of the function, but its Function URL answered ${status} by itself`),
  );
}
