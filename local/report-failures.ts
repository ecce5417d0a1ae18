import { chooseFunction } from './load-functions';
import type { Declarations } from './template/template';
import { UserError } from './user-error';

interface ReportOptions {
  readonly template: Declarations;
  /** The logical ids of those that will run as soon as their sources are mended. */
  readonly mendable: ReadonlySet<string>;
  /** Of the Function URLs, by logical id. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly options: {
    /** The logical id of the only function that is asked for. */
    readonly function?: string | undefined;
    readonly onWarning?: (message: string) => void;
  };
}

/** Fails when there is nothing left to serve, or not what was asked for, nor ever will be; warns of what else cannot run. */
export function reportFailures(
  failures: ReadonlyMap<string, string>,
  { template, mendable, addresses, options }: ReportOptions,
): void {
  const { functions, urls } = template;
  const asked = options.function === undefined ? functions : [chooseFunction(functions, options.function)];
  const reasons = asked.flatMap(({ logicalId }) => failures.get(logicalId) ?? []);
  const isHopeless = !asked.some(({ logicalId }) => mendable.has(logicalId));
  if (reasons.length === asked.length && isHopeless) throw new UserError(reasons.join('\n'));
  for (const [id, reason] of failures) {
    const broken = urls.filter((url) => url.logicalId === id || url.function.logicalId === id);
    const dead = broken.flatMap(({ logicalId }) => addresses.get(logicalId) ?? []).map((url) => `${url} answers 502`);
    options.onWarning?.(`${id} cannot run${dead.length > 0 ? ` (${dead.join(', ')})` : ''}. ${reason}`);
  }
}
