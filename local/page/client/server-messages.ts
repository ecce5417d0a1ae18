import * as v from 'valibot';
import type { DetailPatch, PagePatch, PageState } from '../state';

/**
 * What the server has sent, as it was typed there: both are of one build. It is checked to be that kind of thing and not
 * looked into, which would take longer than to show it.
 */
export const readState = reader<PageState>('runId', 'invocations', 'environments', 'queue');
export const readPatch = reader<PagePatch>('invocations', 'removed', 'dropped');
export const readDetail = reader<DetailPatch>('lines', 'droppedLines');

function reader<Sent extends object>(...keys: readonly (keyof Sent & string)[]): (json: string) => Sent {
  const schema = v.pipe(
    v.string(),
    v.parseJson(),
    v.custom<Sent>((value) => typeof value === 'object' && value !== null && keys.every((key) => key in value)),
  );
  return (json) => v.parse(schema, json);
}
