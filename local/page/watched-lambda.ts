import type { EnvironmentPool } from '../environment/pool';
import type { ServedUrl } from '../function-url/open-urls';
import type { QueuedEventState } from '../lambda-api/event-queue/queued-event';

/** What the page shows, and sends events to. */
export interface WatchedLambda {
  readonly pools: readonly EnvironmentPool[];
  readonly functionUrls: readonly ServedUrl[];
  readonly apiUrl: string;
  readonly queuedEvents: () => QueuedEventState[];
  /** Where the files with events are that the form of the page offers. */
  readonly eventFolder: string;
}
