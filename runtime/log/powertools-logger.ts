// In a module of its own so that a bundler can leave it unevaluated until logger.ts asks for it, and still drop what of
// Powertools nobody uses.
import { LogFormatter, Logger, LogItem } from '@aws-lambda-powertools/logger';
import type { ConstructorOptions, LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { type InvocationIdentity, identityKeys } from './invocation-identity';
import type { LogLevel } from './log-level';

/** Loggers of an execution environment: they write through one Console. */
export class EnvironmentLogger extends Logger {}

/**
 * A logger of one invocation, for good: its level, its keys and what it says of the invocation are its own, also when it
 * is used while a later invocation runs. So are its children's.
 */
class InvocationLogger extends EnvironmentLogger {
  readonly #identity: InvocationIdentity;

  constructor(options: ConstructorOptions, identity: InvocationIdentity) {
    super(options);
    this.#identity = identity;
    // For a formatter that a user gives to a child.
    this.addContext(identity);
  }

  protected override createLogger(options: ConstructorOptions): Logger {
    return new InvocationLogger(options, this.#identity);
  }

  /** Powertools takes the first invocation that a logger hears of for a cold one. */
  protected override getColdStart(): boolean {
    return this.#identity.coldStart;
  }
}

export function createInvocationLogger(
  options: { readonly logLevel: LogLevel; readonly serviceName?: string },
  identity: InvocationIdentity,
): Logger {
  return new InvocationLogger({ ...options, logFormatter: new InvocationFormatter(identity) }, identity);
}

class InvocationFormatter extends LogFormatter {
  readonly #keys;

  constructor(identity: InvocationIdentity) {
    super();
    this.#keys = identityKeys(identity);
  }

  /** As Powertools' own formatter does, which takes the trace from the invocation that runs. */
  override formatAttributes(attributes: UnformattedAttributes, additional: LogAttributes): LogItem {
    const { logLevel, message, timestamp, serviceName, sampleRateValue } = attributes;
    return new LogItem({
      attributes: {
        level: logLevel,
        message,
        timestamp: this.formatTimestamp(timestamp),
        service: serviceName,
        ...this.#keys,
        sampling_rate: sampleRateValue,
      },
    }).addAttributes(additional);
  }
}

/**
 * Powertools makes a Console for each logger: that takes three times as long as all the rest of it, and 20 KB. The method
 * is private to Powertools. Should a later version rename it, each logger has a Console of its own again.
 */
function shareConsole(): void {
  const setConsole: unknown = Reflect.get(Logger.prototype, 'setConsole');
  if (typeof setConsole !== 'function') return;
  let shared: unknown;
  Object.defineProperty(EnvironmentLogger.prototype, 'setConsole', {
    value(this: EnvironmentLogger) {
      if (shared === undefined) {
        Reflect.apply(setConsole, this, []);
        shared = Reflect.get(this, 'console');
      } else {
        Reflect.set(this, 'console', shared);
      }
    },
  });
}

shareConsole();
