import type { InitReport, InvocationReport, LogLine, PlatformFormat } from '../log/platform-log';
import { jsonFormat } from '../log/json-format';
import { textFormat } from '../log/text-format';
import type { FunctionDefinition } from '../template/definition';
import type { InvocationErrorPayload } from './invocation-error';
import type { NodeBinary } from './process/node-binary';

/** What one environment logs: its own lines, and those of the function, each told to the invocation it belongs to. */
export class EnvironmentLog {
  readonly #definition: FunctionDefinition;
  readonly #environmentId: string;
  readonly #format: PlatformFormat;
  readonly #onLog: (line: LogLine) => void;
  #requestId: string | undefined;

  constructor(definition: FunctionDefinition, environmentId: string, onLog: (line: LogLine) => void) {
    const { logging } = definition;
    this.#definition = definition;
    this.#environmentId = environmentId;
    this.#format = logging?.format === 'JSON' ? jsonFormat(logging.systemLogLevel) : textFormat;
    this.#onLog = onLog;
  }

  function(text: string): void {
    this.#write('function', [text]);
  }

  initStart(node: NodeBinary): void {
    const { name: functionName, runtime, memorySize } = this.#definition;
    if (node.warning) this.#write('platform', [node.warning]);
    const environmentId = this.#environmentId;
    const start = { functionName, environmentId, runtime, nodeVersion: node.version, memorySize };
    this.#write('platform', this.#format.initStart(start));
  }

  initReport(report: InitReport): void {
    this.#write('platform', this.#format.initReport(report));
  }

  start(requestId: string): void {
    this.#requestId = requestId;
    this.#write('platform', this.#format.start(requestId));
  }

  /** Why the platform ends the current invocation. */
  failure(requestId: string, error: InvocationErrorPayload): void {
    this.#write('platform', this.#format.failure(requestId, error));
  }

  end(report: Omit<InvocationReport, 'memorySize'>): void {
    this.#write('platform', this.#format.end({ ...report, memorySize: this.#definition.memorySize }));
    this.#requestId = undefined;
  }

  #write(source: LogLine['source'], lines: readonly string[]): void {
    for (const text of lines) {
      this.#onLog({
        functionName: this.#definition.name,
        environmentId: this.#environmentId,
        ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
        source,
        text,
      });
    }
  }
}
