import { randomUUID } from 'node:crypto';
import { type FailedTasks, failedTask, startFailedTasks } from './helpers/failed-tasks';
import { type Answer, startFront } from './helpers/front';
import { describeWith } from './helpers/test-with';
import { motoServer } from './helpers/tools';
import { startCliWith } from '../helpers/cli';

describeWith(motoServer, 'redrive', (moto) => {
  let tasks: FailedTasks;

  beforeAll(async () => {
    tasks = await startFailedTasks(moto);
  }, 120_000);

  test('a task that has failed for good is shown and left, then redriven, and runs to its end with the same id', async () => {
    const { shop } = tasks;
    const { id } = await shop.order({ by: 'enqueue', work: 'fails twice' });
    await shop.deliveries(id, 2);
    await untilGivenUp();
    expect(await tasks.holds()).toEqual({ visible: 1, hidden: 0 });

    const dryRun = tasks.redrive('FailedTasks');
    expect(await dryRun.exited()).toBe(0);
    expect(dryRun.out).toMatch(
      new RegExp(
        `^to redrive  send receipt ${id}  Shop  [\\dT:.-]+Z  RetriesExhausted after 2 attempts, Error: attempt 2 failed\n` +
          '1 to redrive, 0 to leave. All of them are still in the queue: --execute redrives them.\n$',
      ),
    );
    expect(await tasks.holds()).toEqual({ visible: 1, hidden: 0 });
    expect(shop.attempts(id)).toHaveLength(2);

    const redrive = tasks.redrive('FailedTasks', '--execute');
    expect(await redrive.exited()).toBe(0);
    expect(redrive.out).toMatch(new RegExp(`^redriven  send receipt ${id}  .*\n1 redriven, 0 left, 0 failed\n$`));
    await shop.until(() => shop.attempts(id, 'done').length === 1);
    expect(shop.attempts(id, 'done')).toMatchObject([{ attempt: 3, orderId: 'decoded order 1' }]);
    expect(await tasks.holds()).toEqual({ visible: 0, hidden: 0 });
  }, 60_000);

  test('Ctrl-C: the message in hand is finished, the others stay, and none is lost', async () => {
    const ids = Array.from({ length: 4 }, () => randomUUID());
    for (const id of ids) await tasks.send(failedTask(id, 'completes'));
    // The answer to the second invocation comes only when the command has been told to stop.
    const front = await startFront(tasks.shop.lambda.apiUrl, async (pass, _, nth) => {
      const answer = await pass();
      if (nth === 2) {
        redrive.signal('SIGINT');
        await redrive.logMatches(/Stopping after the message in hand/);
      }
      return answer;
    });
    const redrive = startCliWith(
      { ...tasks.env, AWS_ENDPOINT_URL_LAMBDA: front },
      'redrive',
      'FailedTasks',
      '--execute',
    );
    expect(await redrive.exited()).toBe(1);
    expect(redrive.out).toMatch(/\n2 redriven, 0 left, 0 failed\n$/);

    expect(await tasks.holds()).toEqual({ visible: 2, hidden: 0 });
    const rest = tasks.redrive('FailedTasks', '--execute');
    expect(await rest.exited()).toBe(0);
    const idsIn = ({ out }: { out: string }) => [...out.matchAll(/send receipt (\S+)/g)].map(([, id]) => id);
    expect([...idsIn(redrive), ...idsIn(rest)].sort()).toEqual(ids.sort());
    await tasks.shop.until(() => ids.every((id) => tasks.shop.attempts(id, 'done').length === 1));
    expect(await tasks.holds()).toEqual({ visible: 0, hidden: 0 });
  }, 60_000);

  test('what Lambda refuses, and what is no failed event, stays and is named; the others are redriven', async () => {
    const [good, refused] = [randomUUID(), randomUUID()];
    const succeeded = failedTask(randomUUID(), 'completes').replace('RetriesExhausted', 'Success');
    const nowhere = failedTask(randomUUID(), 'completes').replace('eu-central-1', 'bad region!');
    const bodies = [failedTask(refused, 'completes', 'Gone'), 'hello', succeeded, nowhere];
    const [, noRecord = '', noFailure = '', noRegion = ''] = await Promise.all(bodies.map(tasks.send));
    await tasks.send(failedTask(good, 'completes'));

    const redrive = tasks.redrive('FailedTasks', '--execute');
    expect(await redrive.exited()).toBe(1);
    const lines = redrive.out.trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    expect(lines.at(-1)).toBe('1 redriven, 3 left, 1 failed');
    expect(lines).toContain(`left      message ${noFailure}: the event in it has not failed`);
    expect(lines).toContain(
      `left      message ${noRecord}: it is no record of an asynchronous invocation, for it is no JSON`,
    );
    expect(lines).toContain(
      `left      message ${noRegion}: it is no record of an asynchronous invocation, for want of requestContext.functionArn`,
    );
    const why = '2026-01-31T12:00:00.000Z  RetriesExhausted after 3 attempts, Error: the mail server is down';
    expect(lines).toContain(`redriven  send receipt ${good}  Shop  ${why}`);
    const answer =
      'lambda:InvokeFunction on the function Gone failed with ResourceNotFoundException: Function not found';
    expect(redrive.out).toContain(`failed    send receipt ${refused}  Gone  ${why}; ${answer}`);
    expect(await tasks.holds()).toEqual({ visible: 4, hidden: 0 });
    expect((await tasks.take()).sort()).toEqual(bodies.sort());
  }, 60_000);

  test('one that fails again at once is redriven once, and stays', async () => {
    const [hopeless, next] = [randomUUID(), randomUUID()];
    await tasks.send(failedTask(hopeless, 'fails', 'Hopeless'));
    await tasks.send(failedTask(next, 'completes'));
    // The command hears that an event is accepted only when it has failed again.
    const front = await startFront(tasks.shop.lambda.apiUrl, async (pass) => {
      const answer = await pass();
      await untilGivenUp();
      return answer;
    });
    const redrive = startCliWith(
      { ...tasks.env, AWS_ENDPOINT_URL_LAMBDA: front },
      'redrive',
      'FailedTasks',
      '--execute',
    );
    await redrive.exited();
    expect(redrive.out).toMatch(new RegExp(`redriven  send receipt ${hopeless}  Hopeless`));
    expect(redrive.out).toMatch(new RegExp(`left      send receipt ${hopeless}  .*; redriven, it has failed again`));
    expect(redrive.out).toMatch(/\n2 redriven, 1 left, 0 failed\n$/);
    expect(await tasks.take()).toEqual([expect.stringContaining('"errorMessage":"attempt 1 failed"')]);
  }, 60_000);

  test('whoever may not delete is told what has been queued again, and no other event is', async () => {
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) await tasks.send(failedTask(id, 'completes'));
    const front = await startFront(tasks.endpoint, async (pass, { headers }) =>
      headers['x-amz-target'] === 'AmazonSQS.DeleteMessage' ? denied : await pass(),
    );
    const redrive = tasks.redrive(`${front}/123456789012/FailedTasks`, '--execute');
    expect(await redrive.exited()).toBe(1);
    expect(redrive.out).toBe('0 redriven, 0 left, 0 failed\n');
    const [, id = ''] =
      /^Queued again, but message \S+ is still in the queue \(send receipt (\S+) .*\)\. Delete it, or it runs once more\. It needs the permission sqs:DeleteMessage on the queue FailedTasks: nobody may$/m.exec(
        redrive.log,
      ) ?? [];
    await tasks.shop.until(() => tasks.shop.attempts(id, 'done').length === 1);
    expect(ids.map((each) => tasks.shop.attempts(each).length).sort()).toEqual([0, 1]);
    expect(await tasks.holds()).toEqual({ visible: 2, hidden: 0 });
  }, 60_000);

  async function untilGivenUp(): Promise<void> {
    while (tasks.shop.lambda.queuedEvents().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
});

/** As AWS answers whoever lacks a permission. */
const denied: Answer = {
  status: 403,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: '{"__type":"com.amazon.coral.service#AccessDeniedException","message":"nobody may"}',
};
