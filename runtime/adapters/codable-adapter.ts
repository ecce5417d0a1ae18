import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { LambdaAdapter } from './adapter';
import type { LambdaContext } from '../context';
import { assertStreams, describeMismatch } from './expected-event';
import type { LambdaResponseWriter, LambdaWithBackgroundProcessingHandler } from './background-processing-handler';
import { decodeInput } from '../request/decode-input';
import type { InvocationRequest } from '../request/invocation-request';
import { encodeJson } from '../response/encode-json';
import type { ResponseStream } from '../response/response-stream';
import { assertSchema, eventIn, isPending, validate } from './validate';

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

  /**
   * Throws a TypeError when `schema` is no Standard Schema, or a method is not in capitals; a RangeError when `maxBodyBytes`
   * is no number, or below 0.
   */
  constructor(
    schema: StandardSchemaV1<unknown, Event>,
    handler: LambdaWithBackgroundProcessingHandler<Event, Output>,
    { methods = ['GET', 'HEAD', 'POST'], maxBodyBytes = 6 * 1024 * 1024 }: LambdaCodableAdapterOptions = {},
  ) {
    assertSchema(schema);
    const unknown = methods.find((method) => !/^[A-Z]+$/.test(method));
    if (unknown !== undefined) throw new TypeError(`Expected methods of HTTP, in capitals, received ${unknown}`);
    if (!(maxBodyBytes >= 0)) throw new RangeError(`Expected maxBodyBytes to be 0 or more, received ${maxBodyBytes}`);
    this.#schema = schema;
    this.#handler = handler;
    this.#limits = { methods, maxBodyBytes };
  }

  async handle(request: InvocationRequest, response: ResponseStream, context: LambdaContext): Promise<void> {
    assertStreams(request);
    const input = request.caller === 'http' ? decodeInput(request, this.#limits) : request.event;
    const large = request.caller === 'http' && request.bodyLength > 16 * 1024;
    const validation = validate(this.#schema, input, { large });
    // Awaited only where there is something to await: a handler that writes at once then answers in this very turn.
    const event = eventIn(isPending(validation) ? await validation : validation, () => describeMismatch(request));
    await this.#handler.handle(event, jsonWriter(response), context);
  }
}

function jsonWriter<Output>(response: ResponseStream): LambdaResponseWriter<Output> {
  return {
    // Async, so that what `send` throws rejects, with the line of the caller in its stack.
    async write(output, metadata) {
      await response.sendJson(() => encodeJson(output), metadata);
    },
  };
}
