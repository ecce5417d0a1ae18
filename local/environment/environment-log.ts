import type { FunctionDefinition } from '../template';
import { endLine, failureLines, initFailureLine, initStartLine, reportLine, startLine } from '../platform-log';
import type { InvocationReport, LogLine, PlatformFailure } from '../platform-log';
import type { InvocationErrorPayload } from './invocation-error';
import type { NodeBinary } from './node-binary';

/** What one environment logs: its own lines, and those of the function, each told to the invocation it belongs to. */
export class EnvironmentLog {
  readonly #definition: FunctionDefinition;
  readonly #environmentId: string;
  readonly #onLog: (line: LogLine) => void;
  #requestId: string | undefined;

  constructor(definition: FunctionDefinition, environmentId: string, onLog: (line: LogLine) => void) {
    this.#definition = definition;
    this.#environmentId = environmentId;
    this.#onLog = onLog;
  }

  function(text: string): void {
    this.#write('function', text);
  }

  initStart(node: NodeBinary): void {
    if (node.warning) this.#write('platform', node.warning);
    this.#write('platform', initStartLine(this.#definition.runtime, node.version));
  }

  initFailure(initDuration: number, failure: PlatformFailure): void {
    this.#write('platform', initFailureLine(initDuration, failure));
  }

  start(requestId: string): void {
    this.#requestId = requestId;
    this.#write('platform', startLine(requestId));
  }

  /** Why the platform ends the current invocation. */
  failure(requestId: string, error: InvocationErrorPayload): void {
    for (const line of failureLines(requestId, error)) this.#write('platform', line);
  }

  end(report: Omit<InvocationReport, 'memorySize'>): void {
    this.#write('platform', endLine(report.requestId));
    this.#write('platform', reportLine({ ...report, memorySize: this.#definition.memorySize }));
    this.#requestId = undefined;
  }

  #write(source: LogLine['source'], text: string): void {
    this.#onLog({
      functionName: this.#definition.name,
      environmentId: this.#environmentId,
      ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
      source,
      text,
    });
  }
}
