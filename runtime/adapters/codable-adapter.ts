import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { LambdaAdapter } from './adapter';
import type { LambdaContext } from '../context';
import { BadRequestError, type Issue, OutputEncodingError } from '../errors';
import type { LambdaResponseWriter, LambdaWithBackgroundProcessingHandler } from './background-processing-handler';
import { readHttpInput } from '../request/input';
import type { InvocationRequest } from '../request/invocation-request';
import type { ResponseStream } from '../response/response-stream';

export interface LambdaCodableAdapterOptions {
  /** The HTTP methods answered, others get a 405; GET, HEAD and POST when left out. */
  readonly methods?: readonly string[];
  /** Bytes, after base64; a larger body gets a 413. 6 MB when left out, as much as Lambda lets through. */
  readonly maxBodyBytes?: number;
}

/**
 * Decodes the event into an Event of the handler by a Standard Schema (standardschema.dev: Valibot, Zod, ArkType), and
 * encodes what the handler writes as JSON. An event that does not decode never reaches the handler: `handle` rejects
 * with a RequestError.
 */
export class LambdaCodableAdapter<Event, Output> implements LambdaAdapter {
  readonly #schema: StandardSchemaV1<unknown, Event>;
  readonly #handler: LambdaWithBackgroundProcessingHandler<Event, Output>;
  readonly #limits;

  constructor(
    schema: StandardSchemaV1<unknown, Event>,
    handler: LambdaWithBackgroundProcessingHandler<Event, Output>,
    { methods = ['GET', 'HEAD', 'POST'], maxBodyBytes = 6 * 1024 * 1024 }: LambdaCodableAdapterOptions = {},
  ) {
    this.#schema = schema;
    this.#handler = handler;
    this.#limits = { methods, maxBodyBytes };
  }

  async handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void> {
    const validated = this.#schema['~standard'].validate(
      request.caller === 'http' ? readHttpInput(request, this.#limits) : request.event,
    );
    // Awaited only where there is something to await: a handler that writes at once then answers in this very turn.
    const result = validated instanceof Promise ? await validated : validated;
    await this.#handler.handle(valueOf(result), jsonWriter(response), context);
  }
}

function valueOf<Event>(result: StandardSchemaV1.Result<Event>): Event {
  if (result.issues === undefined) return result.value;

  const issues = result.issues.map(({ path = [], message }) => ({ path: dotted(path), message }));
  throw new BadRequestError(mismatch(issues), { issues });
}

function dotted(path: NonNullable<StandardSchemaV1.Issue['path']>): string {
  return path.map((segment) => String(typeof segment === 'object' ? segment.key : segment)).join('.');
}

/** Where, not what: the runtime client logs this message, and an issue may quote what the caller sent. */
function mismatch(issues: readonly Issue[]): string {
  const paths = issues.map(({ path }) => path || 'the event itself');
  return `Expected an event that fits the schema, received one that does not at: ${paths.join(', ')}`;
}

function jsonWriter<Output>(response: ResponseStream): LambdaResponseWriter<Output> {
  return {
    // Async, so that what `send` throws rejects, with the line of the caller in its stack.
    async write(output, metadata) {
      await response.sendJson(() => encode(output), metadata);
    },
  };
}

function encode(output: unknown): string {
  const json = stringify(output);
  if (json === undefined) throw new OutputEncodingError(`Expected an output that is JSON, received ${typeof output}`);
  return json;
}

function stringify(output: unknown): string | undefined {
  try {
    return JSON.stringify(output);
  } catch (cause) {
    throw new OutputEncodingError('Expected an output that is JSON, received one that JSON.stringify refuses', {
      cause,
    });
  }
}
