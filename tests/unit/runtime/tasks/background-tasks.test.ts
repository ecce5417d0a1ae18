import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout } from 'node:timers/promises';
import { BackgroundTasks } from '../../../../runtime/tasks/background-tasks';
import { InvocationEndedError } from '../../../../runtime/errors';

function create() {
  const controller = new AbortController();
  const failures: { error: unknown; name: string }[] = [];
  const tasks = new BackgroundTasks(controller.signal, (error, name) => failures.push({ error, name }));
  return { tasks, failures, controller };
}

const outcomes = (tasks: BackgroundTasks) => tasks.end().map(({ name, outcome }) => [name, outcome]);

test('waits for promises and for functions', async () => {
  const { tasks } = create();
  const done: string[] = [];
  tasks.register(
    Promise.resolve().then(() => done.push('promise')),
    'promise',
  );
  tasks.register(async () => {
    await Promise.resolve();
    done.push('function');
  }, 'function');
  tasks.start();
  await tasks.drain();
  expect(done).toEqual(['promise', 'function']);
  expect(outcomes(tasks)).toEqual([
    ['promise', 'completed'],
    ['function', 'completed'],
  ]);
});

test('a function starts only once the response has gone, and gets the signal', async () => {
  const { tasks, controller } = create();
  const received: AbortSignal[] = [];
  tasks.register((signal) => received.push(signal));
  await tasks.drain();
  expect(received).toEqual([]);
  tasks.start();
  expect(received).toEqual([controller.signal]);
});

test('a function registered after the response starts at once', () => {
  const { tasks } = create();
  const work = jest.fn();
  tasks.start();
  tasks.register(work);
  expect(work).toHaveBeenCalledTimes(1);
});

test('a task that fails is reported under its name and leaves the others alone', async () => {
  const { tasks, failures } = create();
  const boom = new Error('boom');
  tasks.register(Promise.reject(boom), 'rejects');
  tasks.register(() => {
    throw boom;
  }, 'throws');
  tasks.register(() => 'fine', 'completes');
  tasks.start();
  await tasks.drain();
  expect(new Map(failures.map(({ name, error }) => [name, error]))).toEqual(
    new Map([
      ['rejects', boom],
      ['throws', boom],
    ]),
  );
  expect(outcomes(tasks)).toEqual([
    ['rejects', 'failed'],
    ['throws', 'failed'],
    ['completes', 'completed'],
  ]);
});

test.each([
  ['a LambdaContext', { waitUntil: () => undefined, enqueue: () => undefined, awsRequestId: '1' }],
  ['a Proxy that cannot be asked', unaskable()],
  ['null', null],
])('a task may resolve to %s', async (_, result) => {
  const { tasks, failures } = create();
  tasks.register(Promise.resolve(result), 'any');
  await tasks.drain();
  expect(failures).toEqual([]);
  expect(outcomes(tasks)).toEqual([['any', 'completed']]);
});

test('a task that another one registers is awaited too', async () => {
  const { tasks } = create();
  tasks.register(async () => {
    await Promise.resolve();
    tasks.register(async () => {
      await Promise.resolve();
      tasks.register(Promise.resolve(), 'grandchild');
    }, 'child');
  }, 'parent');
  tasks.start();
  await tasks.drain();
  expect(outcomes(tasks)).toEqual([
    ['parent', 'completed'],
    ['child', 'completed'],
    ['grandchild', 'completed'],
  ]);
});

test('what has not settled at the end is cut off, a function that never started included', () => {
  const { tasks } = create();
  tasks.register(new Promise(() => undefined), 'pending');
  tasks.register(() => undefined, 'never started');
  const [pending, neverStarted] = tasks.end();
  expect(pending).toMatchObject({ name: 'pending', outcome: 'cut off' });
  expect(neverStarted).toEqual({ name: 'never started', outcome: 'cut off', milliseconds: 0 });
});

test('each task says when it started, from the start of the invocation', async () => {
  const { tasks } = create();
  tasks.register(setTimeout(30), 'at once');
  tasks.register(() => undefined, 'after the answer');
  await setTimeout(20);
  tasks.start();
  await tasks.drain();
  const [atOnce, afterTheAnswer] = tasks.end();
  expect(atOnce?.startMs).toBeLessThan(afterTheAnswer?.startMs ?? 0);
  expect(afterTheAnswer?.startMs).toBeGreaterThanOrEqual(19);
});

test('a task cut off stays cut off, and its late failure is still seen', async () => {
  const { tasks, failures } = create();
  const late = deferred();
  tasks.register(late.promise, 'late');
  tasks.end();
  late.reject(new Error('late'));
  await late.promise.catch(() => undefined);
  await Promise.resolve();
  expect(failures).toEqual([{ error: new Error('late'), name: 'late' }]);
  expect(outcomes(tasks)).toEqual([['late', 'cut off']]);
});

test('a task registered after the end is refused', () => {
  const { tasks } = create();
  tasks.end();
  expect(() => {
    tasks.register(Promise.resolve(), 'late');
  }).toThrow(InvocationEndedError);
});

test('tasks without a name are numbered', () => {
  const { tasks } = create();
  tasks.register(Promise.resolve());
  tasks.register(() => undefined);
  expect(outcomes(tasks)).toEqual([
    ['task 1', 'cut off'],
    ['task 2', 'cut off'],
  ]);
});

test.each([[undefined], [null], [42], [{ then: 'soon' }]])('%j is neither promise nor function', (work) => {
  const { tasks } = create();
  expect(() => {
    Reflect.apply(tasks.register.bind(tasks), undefined, [work]);
  }).toThrow(/waitUntil expects a promise or a function, received (undefined|null|number|object)/);
  expect(tasks.end()).toEqual([]);
});

function unaskable(): object {
  return new Proxy(
    {},
    {
      has() {
        throw new TypeError('has');
      },
    },
  );
}

function deferred() {
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<unknown>((_, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}

test('tells who subscribes of the beginning and the first outcome of each task', async () => {
  const told: unknown[] = [];
  const listener = (task: unknown) => told.push(structuredClone(task));
  subscribe('background-tasks:task', listener);
  try {
    const { tasks } = create();
    tasks.register(() => Promise.reject(new Error('down')), 'webhook');
    let settle = (): void => undefined;
    tasks.register(new Promise<void>((resolve) => (settle = resolve)), 'audit');
    expect(told).toMatchObject([{ name: 'audit', report: undefined }]);
    tasks.start();
    await setTimeout(0);
    expect(told.slice(1)).toMatchObject([
      { name: 'webhook', report: undefined },
      { name: 'webhook', report: { outcome: 'failed' } },
    ]);
    tasks.end();
    settle();
    await tasks.drain();
    expect(told.slice(3)).toMatchObject([{ name: 'audit', report: { outcome: 'cut off' } }]);
  } finally {
    unsubscribe('background-tasks:task', listener);
  }
});
