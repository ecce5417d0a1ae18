import { jsonFormat } from '../log/json-format';
import type { InitReport, InvocationReport, LogLine, PlatformFormat } from '../log/platform-log';
import { textFormat } from '../log/text-format';
import { errorOf, failureOf, type ProcessEnd } from './invocation-error';
import type { OutputListener, TaskChange } from './process/output';
import type { EnvironmentSettings } from './settings';

/**
 * What one environment logs: its own lines, and those of the function, each told to the invocation it belongs to. Whoever
 * closes an environment knows why, so of that there is no line.
 */
export class EnvironmentLog implements OutputListener {
  readonly #settings: EnvironmentSettings;
  readonly #environmentId: string;
  readonly #format: PlatformFormat;
  #requestId: string | undefined;

  constructor(settings: EnvironmentSettings, environmentId: string) {
    const { logging } = settings.definition;
    this.#settings = settings;
    this.#environmentId = environmentId;
    this.#format = logging?.format === 'JSON' ? jsonFormat(logging.systemLogLevel) : textFormat;
  }

  onLine(text: string): void {
    this.#write('function', [text]);
  }

  onTask(change: TaskChange): void {
    if (this.#requestId !== undefined) this.#settings.onTask?.({ requestId: this.#requestId, ...change });
  }

  initStart(): void {
    const { definition, node } = this.#settings;
    const { name: functionName, runtime, memorySize } = definition;
    const environmentId = this.#environmentId;
    const start = { functionName, environmentId, runtime, nodeVersion: node.version, memorySize };
    this.#write('platform', this.#format.initStart(start));
  }

  /** @param end where init has failed */
  initReport(report: Omit<InitReport, 'failure'>, end: ProcessEnd | undefined): void {
    if (end?.killedBy === 'close') return;
    this.#write('platform', this.#format.initReport({ ...report, ...this.#failureIn(end) }));
  }

  start(requestId: string): void {
    this.#requestId = requestId;
    this.#write('platform', this.#format.start(requestId));
  }

  /** Why the platform ends the current invocation. Of an init that fails by itself INIT_REPORT tells. */
  failure(requestId: string, end: ProcessEnd): void {
    if (end.killedBy === 'close' || (end.duringInit && !end.killedBy)) return;
    this.#write('platform', this.#format.failure(requestId, errorOf(end, this.#settings.definition, requestId)));
  }

  /** @param end where the process has ended within the invocation */
  end(report: Omit<InvocationReport, 'memorySize' | 'failure'>, end: ProcessEnd | undefined): void {
    if (end?.killedBy === 'close') return;
    const { memorySize } = this.#settings.definition;
    this.#write('platform', this.#format.end({ memorySize, ...report, ...this.#failureIn(end) }));
    this.#requestId = undefined;
  }

  #failureIn(end: ProcessEnd | undefined): Pick<InvocationReport, 'failure'> {
    return end ? { failure: failureOf(errorOf(end, this.#settings.definition, '')) } : {};
  }

  #write(source: LogLine['source'], lines: readonly string[]): void {
    for (const text of lines) {
      this.#settings.onLog({
        functionName: this.#settings.definition.name,
        environmentId: this.#environmentId,
        ...(this.#requestId === undefined ? {} : { requestId: this.#requestId }),
        source,
        text,
      });
    }
  }
}
