/** The phases of an environment's life, in this order; from `frozen` it goes back to `busy`. */
export type Phase =
  /** It waits for its turn to start a process. */
  | 'starting'
  /** Its process has been started. */
  | 'init'
  /** It runs an invocation, whose caller waits. */
  | 'busy'
  /** The caller has the whole answer, and the invocation goes on. */
  | 'answered'
  /** It stands still until the next invocation. */
  | 'frozen'
  /** It takes no further invocation. */
  | 'retired'
  /** Nothing is left of it. */
  | 'ended';

/** An environment has begun a phase, just now. */
export interface PhaseChange {
  readonly functionName: string;
  readonly environmentId: string;
  readonly phase: Phase;
  /** Present while it runs an invocation. */
  readonly requestId?: string;
}
