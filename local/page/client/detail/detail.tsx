import type { InvocationState } from '../../state';
import { duration, preciseTime, shortId } from '../format';
import { isOver, StatusLabel } from '../status';
import { Timeline } from '../timeline/timeline';
import { Command } from './command';
import { Log } from './log';
import { Message } from './message';
import { useDetail } from './use-detail';

/** All that is known of the chosen invocation. */
export function Detail({ invocation, now }: { readonly invocation: InvocationState; readonly now: number }) {
  const { request, response, report, lines, droppedLines } = useDetail(invocation.id);
  const { status, title, receivedAt, requestId, attempt, source, functionName, httpStatus } = invocation;
  return (
    <section class="detail" aria-labelledby="chosen">
      <header class="detail-head">
        <h2 id="chosen">{title}</h2>
        <StatusLabel status={status} />
        <p class="detail-foot">
          {`${functionName} by ${source}, ${preciseTime(receivedAt)}`}
          {attempt > 1 && `, attempt ${attempt}`}
          <code>{requestId}</code>
        </p>
      </header>
      {isOver(invocation) && invocation.startedAt === undefined ? (
        <p>{`It never began${(httpStatus ?? 0) >= 400 ? ': the response says why' : ''}.`}</p>
      ) : (
        <>
          <Timeline invocation={invocation} now={now} />
          <Facts invocation={invocation} failures={report?.failures ?? 0} now={now} />
          <Log lines={lines} dropped={droppedLines} />
        </>
      )}
      <div class="messages">
        {request && <Message name="Request" head={`${request.method} ${request.target}`} message={request} />}
        {response && (
          <Message
            name="Response"
            head={`HTTP ${response.status}${response.complete ? '' : ', broken off'}`}
            message={response}
          />
        )}
      </div>
      {request && <Command command={request.command} />}
      {report && (
        <details>
          <summary>Report</summary>
          <pre tabIndex={0}>{JSON.stringify(report, undefined, 2)}</pre>
        </details>
      )}
    </section>
  );
}

function Facts({
  invocation,
  failures,
  now,
}: {
  readonly invocation: InvocationState;
  readonly failures: number;
  readonly now: number;
}) {
  const { receivedAt, answeredAt, endedAt, billedDuration, initDuration, maxMemoryUsed, memorySize } = invocation;
  const { environmentId } = invocation;
  const facts: (readonly [string, string | undefined])[] = [
    ['Answered after', answeredAt === undefined ? undefined : duration(answeredAt - receivedAt)],
    ['Background', answeredAt === undefined ? undefined : duration((endedAt ?? now) - answeredAt)],
    ['Billed', billedDuration === undefined ? undefined : `${billedDuration} ms`],
    ['Memory', maxMemoryUsed === undefined ? `${memorySize} MB` : `${maxMemoryUsed} / ${memorySize} MB`],
    ['Init', initDuration === undefined ? undefined : duration(initDuration)],
    ['Failures', failures > 0 ? String(failures) : undefined],
    ['Environment', environmentId === undefined ? undefined : shortId(environmentId)],
  ];
  return (
    <dl class="facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name} data-name={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
