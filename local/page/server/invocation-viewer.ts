import type { ServerResponse } from 'node:http';
import type { InvocationReport } from '../../../runtime/log/report';
import type { RecordedInvocation } from '../recorder/recorded-invocation';
import type { DetailPatch, ResponseState } from '../state';
import { EventStream } from './event-stream';

/** Somebody who looks at one invocation: gets its request, its response and its log, each part once. */
export class InvocationViewer {
  readonly invocation: RecordedInvocation;
  readonly #stream: EventStream;
  #isFirst = true;
  #linesSent = 0;
  #responseSent = '';
  #reportSent: InvocationReport | undefined;

  constructor(invocation: RecordedInvocation, http: ServerResponse, onClose: () => void) {
    this.invocation = invocation;
    this.#stream = new EventStream(http, onClose);
  }

  sendChanges(): void {
    const { log, exchange } = this.invocation;
    const report = this.#newReport();
    const lines = log.lines.slice(this.#linesSent);
    const response = this.#newResponse();
    const request = this.#isFirst ? exchange?.request : undefined;
    if (!this.#isFirst && lines.length === 0 && response === undefined && !report) return;
    this.#linesSent = log.lines.length;
    const patch: DetailPatch = {
      lines,
      droppedLines: log.dropped,
      ...(request && { request }),
      ...(response && { response }),
      ...(report && { report }),
    };
    this.#stream.send(this.#isFirst ? 'detail' : 'patch', patch);
    this.#isFirst = false;
  }

  /** Undefined where it has been sent, or is still to come. */
  #newReport(): InvocationReport | undefined {
    const { report } = this.invocation;
    if (report === this.#reportSent) return undefined;
    this.#reportSent = report;
    return report;
  }

  /** Undefined where nothing has changed. */
  #newResponse(): ResponseState | undefined {
    const { exchange } = this.invocation;
    if (!exchange) return undefined;
    const version = exchange.version;
    if (version === this.#responseSent) return undefined;
    this.#responseSent = version;
    return exchange.response;
  }
}
