import type { IncomingMessage } from 'node:http';
import type { ObservedResponse } from './observed-response';

/** A request for an invocation, once its body has been read. */
export interface ObservedExchange {
  /** That of the invocation which it may become. */
  readonly requestId: string;
  readonly functionName: string;
  readonly door: 'Function URL' | 'Lambda API';
  readonly request: IncomingMessage;
  /** Undefined where it was too large. */
  readonly body: Buffer | undefined;
  /** Not begun yet. */
  readonly response: ObservedResponse;
}

/** Called before anything is done about the request. What it does, the caller waits for. */
export type ExchangeObserver = (exchange: ObservedExchange) => void;
