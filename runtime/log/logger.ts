import { readError } from '../failures/read-error';
import type { InvocationIdentity } from './invocation-identity';
import type { LogLevel } from './log-level';
import type { RecordWriter } from './record-writer';

/** What a record is made of besides its message: an Error, keys of a record, or a text. */
export type LogDetail = Error | Readonly<Record<string, unknown>> | string;

/**
 * Writes structured records, one line of JSON each, with the keys that Powertools Logger gives its records: level, message,
 * timestamp, service, request id, function. What is below the level costs nothing. It belongs to one invocation for good.
 */
export interface LambdaLogger {
  trace(message: string, ...details: readonly LogDetail[]): void;
  debug(message: string, ...details: readonly LogDetail[]): void;
  info(message: string, ...details: readonly LogDetail[]): void;
  warn(message: string, ...details: readonly LogDetail[]): void;
  error(message: string, ...details: readonly LogDetail[]): void;
  critical(message: string, ...details: readonly LogDetail[]): void;
  /** From now on all records of this logger have these keys, and of its children made later. The library's own do not. */
  appendKeys(keys: Readonly<Record<string, unknown>>): void;
  /** A logger with keys of its own besides. */
  createChild(keys: Readonly<Record<string, unknown>>): LambdaLogger;
}

export class InvocationLogger implements LambdaLogger {
  readonly #records: RecordWriter;
  readonly #identity: InvocationIdentity;
  #keys: Readonly<Record<string, unknown>>;

  constructor(records: RecordWriter, identity: InvocationIdentity, keys: Readonly<Record<string, unknown>> = {}) {
    this.#records = records;
    this.#identity = identity;
    this.#keys = keys;
  }

  trace(message: string, ...details: readonly LogDetail[]): void {
    this.#write('TRACE', message, details);
  }

  debug(message: string, ...details: readonly LogDetail[]): void {
    this.#write('DEBUG', message, details);
  }

  info(message: string, ...details: readonly LogDetail[]): void {
    this.#write('INFO', message, details);
  }

  warn(message: string, ...details: readonly LogDetail[]): void {
    this.#write('WARN', message, details);
  }

  error(message: string, ...details: readonly LogDetail[]): void {
    this.#write('ERROR', message, details);
  }

  critical(message: string, ...details: readonly LogDetail[]): void {
    this.#write('CRITICAL', message, details);
  }

  appendKeys(keys: Readonly<Record<string, unknown>>): void {
    this.#keys = { ...this.#keys, ...keys };
  }

  createChild(keys: Readonly<Record<string, unknown>>): LambdaLogger {
    return new InvocationLogger(this.#records, this.#identity, { ...this.#keys, ...keys });
  }

  #write(level: LogLevel, message: string, details: readonly LogDetail[]): void {
    if (!this.#records.writes(level)) return;
    let keys = this.#keys;
    for (const detail of details) keys = { ...keys, ...keysOf(detail) };
    this.#records.write(level, this.#identity, message, keys);
  }
}

function keysOf(detail: LogDetail): Readonly<Record<string, unknown>> {
  if (typeof detail === 'string') return { extra: detail };
  try {
    return detail instanceof Error ? { error: readError(detail) } : { ...detail };
  } catch (error) {
    // A getter has thrown, or the trap of a Proxy.
    return { not_logged: readError(error).message };
  }
}
