import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from '../../../bench/page/section';
import { seededRandom } from '../../../bench/statistics';
import { awsPrices } from './aws-prices';
import { exponential, simulateLambda } from './lambda-simulation';

const page = readFileSync(join(__dirname, '../../../docs/cost.md'), 'utf8');
const queuedTasks = readFileSync(join(__dirname, '../../../docs/queued-tasks.md'), 'utf8');
const { lambda, sqs, logs } = awsPrices;
const million = 1_000_000;
const secondsOfMonth = 730 * 3_600;
const gb = 128 / 1_024;
const responseSeconds = 0.01;
const sendSeconds = 0.01;

describe('how many environments', () => {
  test('the page has the concurrency that turns away no more than one request in a thousand', () => {
    const rows = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map((busy) => [
      whole(busy),
      whole(concurrencyFor(busy, 0.001)),
    ]);
    expect(tableOf('How many environments')).toBe(markdownTable(['busy on average', 'reserved concurrency'], rows));
  });

  test("it follows the tables of Erlang's B formula: 10 erlangs and 15 servers turn away 3.65%", () => {
    expect(shareTurnedAway(10, 15)).toBeCloseTo(0.0365, 4);
  });

  const random = seededRandom(3);
  const durations = [
    ['all equal', () => 10],
    ['exponential', () => exponential(random, 10)],
  ] as const;

  test.each(durations)('a simulation of requests at random agrees, with durations %s', (_, duration) => {
    const busy = 50;
    // More often than in the table, so that fewer requests tell.
    const share = 0.01;
    const concurrency = concurrencyFor(busy, share);
    const simulate = (limit: number) =>
      simulateLambda({
        requests: 100_000,
        requestsPerSecond: 5,
        duration,
        random: seededRandom(1),
        concurrency: limit,
      });

    expect(simulate(1_000).meanBusy / busy).toBeCloseTo(1, 1);
    expect(simulate(concurrency).throttledShare).toBeLessThan(share * 1.2);
    // A tenth less turns away too many.
    expect(simulate(Math.floor(concurrency * 0.9)).throttledShare).toBeGreaterThan(share * 2);
  });
});

describe('what it costs', () => {
  test('the page has duration, requests and log of a million requests', () => {
    const { arm64, x86_64 } = lambda.gbSecond;
    const gbSeconds = million * (responseSeconds + 10) * gb;
    const [onArm, onX86] = [gbSeconds * arm64, gbSeconds * x86_64] as const;
    const requests = million * lambda.request;
    const log = 1.5 * logs.gb;
    const row = (name: string, ...costs: number[]) => [name, ...costs.map(dollars)];
    const rows = [
      row(
        `Duration: ${responseSeconds + 10} s × ${gb} GB, at $${arm64.toFixed(10)} and $${x86_64.toFixed(10)} a GB-second`,
        onArm,
        onX86,
      ),
      row(`Requests: $${lambda.request.toFixed(7)} each`, requests, requests),
      row(`Log at \`info\`: 1.5 KB an invocation, at $${logs.gb.toFixed(2)} a GB`, log, log),
      row('**Sum**', onArm + requests + log, onX86 + requests + log),
    ];
    expect(tableOf('What a million requests cost')).toBe(markdownTable(['', 'arm64', 'x86_64'], rows));
  });

  test('the page has what fifty environments busy day and night cost in a month', () => {
    expect(page).toContain(`is ${dollars(50 * secondsOfMonth * gb * lambda.gbSecond.arm64)} a month`);
  });

  test('the page compares the work in the same invocation with SQS and a worker', () => {
    const rows = [0.1, 1, 10, 60].map((background) => [
      `${background} s`,
      dollars(lambdaCost(million, million * (responseSeconds + background))),
      dollars(queueCost(background, 1)),
      dollars(queueCost(background, 10)),
    ]);
    const head = ['background work', 'same invocation', 'SQS, one message at a time', 'SQS, batches of ten'];
    expect(tableOf('The same work through SQS and a worker')).toBe(markdownTable(head, rows));
  });

  test('the page on queued tasks compares them with SQS and a worker, and with the work in the request', () => {
    const rows = [0.1, 1, 10, 60].map((work) => [
      `${work} s`,
      dollars(lambdaCost(million, million * (responseSeconds + work))),
      dollars(lambdaCost(2 * million, million * (responseSeconds + sendSeconds + work))),
      dollars(queueCost(work, 1)),
      dollars(queueCost(work, 10)),
    ]);
    const head = ['work', 'in the request', 'queued task', 'SQS, one message at a time', 'SQS, batches of ten'];
    expect(tableOf('What it costs', queuedTasks)).toBe(markdownTable(head, rows));
  });

  test('the page has what Lambda asks of a queue that is empty', () => {
    // Five long polls of 20 seconds.
    const requests = (5 / 20) * secondsOfMonth;
    expect(page).toContain(`${whole(requests)} requests a month, ${dollars(requests * sqs.request)}`);
  });
});

function tableOf(title: string, markdown = page): string {
  const [, section = ''] = markdown.split(`\n## ${title}\n`);
  const [table = ''] = /^\|(?:.*\n\|)*.*$/m.exec(section) ?? [];
  return table;
}

/** The least that turns away at most this share of the requests. */
function concurrencyFor(busy: number, share: number): number {
  let concurrency = 0;
  while (shareTurnedAway(busy, concurrency) > share) concurrency += 1;
  return concurrency;
}

/** Erlang's B formula. `busy` is how many would be busy on average if there were enough. */
function shareTurnedAway(busy: number, concurrency: number): number {
  let share = 1;
  for (let servers = 1; servers <= concurrency; servers += 1) share = (busy * share) / (servers + busy * share);
  return share;
}

function lambdaCost(invocations: number, seconds: number): number {
  return invocations * lambda.request + seconds * gb * lambda.gbSecond.arm64;
}

/** A million messages, each sent by itself. A batch is received, worked on side by side, and deleted. */
function queueCost(background: number, batchSize: number): number {
  const batches = million / batchSize;
  return (
    lambdaCost(million, million * (responseSeconds + sendSeconds)) +
    lambdaCost(batches, batches * background) +
    (million + 2 * batches) * sqs.request
  );
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

function whole(value: number): string {
  return value.toLocaleString('en');
}
