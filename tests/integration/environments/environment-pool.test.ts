import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { TooManyRequestsError } from '../../../local/environment/pool';
import { processEnded } from '../../helpers/processes';
import { closeAll, event, handlersFolder, runningPool } from '../../helpers/running-pool';

afterEach(closeAll);

describe('an invocation', () => {
  test('is answered while the function goes on', async () => {
    const { pool, lines } = runningPool('streaming.background');
    const response = await pool.invoke(event({ background: 600_000 }));
    expect(response.contentType).toBe('application/json');
    expect(await text(response.body)).toBe('{"background":600000}');
    expect(lines.some((line) => line.text.startsWith('END'))).toBe(false);
  });

  test('logs what CloudWatch would, each line told to its request', async () => {
    const { pool, lines } = runningPool('streaming.background');
    const response = await pool.invoke(event({}));
    await response.ended;
    const { requestId } = response;
    expect(lines.map((line) => line.text.replace(/^.*Z\t/, ''))).toEqual([
      expect.stringMatching(/^INIT_START Runtime Version: nodejs:24 /),
      `START RequestId: ${requestId} Version: $LATEST`,
      `${requestId}\tINFO\tanswered`,
      'warned',
      `${requestId}\tINFO\tbackground completed`,
      `END RequestId: ${requestId}`,
      expect.stringMatching(
        /^REPORT RequestId: [-\w]+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t(Max Memory Used: \d+ MB\t)?Init Duration: [\d.]+ ms\t$/,
      ),
    ]);
    expect(lines.map((line) => line.requestId)).toEqual([undefined, ...Array<string>(6).fill(requestId)]);
    expect(lines.map((line) => line.source[0])).toEqual(['p', 'p', 'f', 'f', 'f', 'p', 'p']);
  });

  test('has its END after all that the function wrote, however much and without a last newline', async () => {
    const { pool, lines } = runningPool('streaming.talks');
    const response = await pool.invoke(event({}));
    await response.ended;
    const texts = lines.map((line) => line.text);
    expect(texts.filter((line) => line.startsWith('line '))).toHaveLength(2_000);
    expect(texts.at(-3)).toBe('no newline');
  });

  test('waits for an environment that has just answered, rather than start another', async () => {
    const { pool, lines } = runningPool('streaming.background', {}, { handover: 60_000 });
    for (let caller = 1; caller <= 5; caller++) await text((await pool.invoke(event({ caller }))).body);
    expect(lines.filter((line) => line.text.startsWith('INIT_START'))).toHaveLength(1);
  });

  test('gets another environment while one does its background work', async () => {
    const { pool, lines } = runningPool('streaming.background');
    const first = await pool.invoke(event({ background: 600_000 }));
    await text(first.body);
    const second = await pool.invoke(event({}));
    await second.ended;
    expect(new Set(lines.map((line) => line.environmentId)).size).toBe(2);
    const third = await pool.invoke(event({}));
    await third.ended;
    expect(new Set(lines.map((line) => line.environmentId)).size).toBe(2);
  });

  test('past the reserved concurrency is refused', async () => {
    const { pool } = runningPool('streaming.background', { reservedConcurrency: 1 });
    const first = await pool.invoke(event({ background: 600_000 }));
    await expect(pool.invoke(event({}))).rejects.toThrow(TooManyRequestsError);
    expect(await text(first.body)).toBe('{"background":600000}');
  });

  test('may be answered once, and by nobody else', async () => {
    const { pool, logged } = runningPool('streaming.answersTwice');
    const response = await pool.invoke(event({}));
    expect(await text(response.body)).toBe('400 InvalidRequestID');
    await logged('403 InvalidStateTransition');
    await response.ended;
  });

  test('finds the variables that Lambda defines, and nothing of the developer but credentials', async () => {
    process.env['SECRET_OF_THE_DEVELOPER'] = 'secret';
    const { pool } = runningPool('streaming.environment', { environment: { FROM_TEMPLATE: 'yes', AWS_REGION: 'no' } });
    const response = await pool.invoke({ ...event({}), clientContext: '{"custom":{"city":"Zürich"}}' });
    const environment = await text(response.body);
    expect(JSON.parse(environment)).toMatchObject({
      env: {
        AWS_LAMBDA_FUNCTION_NAME: 'Fixture',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
        AWS_REGION: pool.region,
        FROM_TEMPLATE: 'yes',
        TZ: ':UTC',
        _HANDLER: 'streaming.environment',
      },
      cwd: handlersFolder,
      context: { clientContext: { custom: { city: 'Zürich' } } },
    });
    expect(environment).toMatch(/"node":"24\./);
    expect(environment).not.toContain('OF_THE_DEVELOPER');
    expect(environment).not.toContain('LOCAL_LAMBDA');
  });
});

describe('a failure', () => {
  test('before the first byte is told as an error of the invocation', async () => {
    const { pool } = runningPool('streaming.throwsBefore');
    const response = await pool.invoke(event({}));
    expect(response.error).toMatchObject({ errorType: 'TypeError', errorMessage: 'before the first byte' });
    expect(await text(response.body)).toBe('');
  });

  test('after the first byte breaks the body off', async () => {
    const { pool } = runningPool('streaming.throwsAfter');
    const response = await pool.invoke(event({}));
    expect(response.error).toBeUndefined();
    await expect(text(response.body)).rejects.toMatchObject({
      name: 'InvocationError',
      payload: { errorType: 'RangeError', errorMessage: 'after the first byte' },
    });
  });

  test('of a handler that does not stream is told as it was thrown', async () => {
    const { pool } = runningPool('buffered.throws');
    const response = await pool.invoke(event({}));
    expect(response.error).toMatchObject({ errorType: 'TypeError', errorMessage: 'buffered' });
  });

  test('in init is told to the caller, and the next caller gets a new environment', async () => {
    const { pool, lines } = runningPool('init-error.handler');
    for (let caller = 1; caller <= 2; caller++) {
      const response = await pool.invoke(event({}));
      expect(response.error).toMatchObject({ errorType: 'RangeError', errorMessage: 'broken configuration' });
      await response.ended;
    }
    const inits = lines.filter((line) => line.text.startsWith('INIT_REPORT'));
    expect(inits.map((line) => /Phase: .*/.exec(line.text)?.[0])).toEqual([
      'Phase: init\tStatus: error\tError Type: RangeError\t',
      'Phase: invoke\tStatus: error\tError Type: RangeError\t',
      'Phase: init\tStatus: error\tError Type: RangeError\t',
      'Phase: invoke\tStatus: error\tError Type: RangeError\t',
    ]);
    expect(new Set(inits.map((line) => line.environmentId)).size).toBe(2);
  });

  test('by exit is told as Runtime.ExitError, and the environment is replaced', async () => {
    const { pool, lines, logged } = runningPool('streaming.exits');
    for (let caller = 1; caller <= 2; caller++) {
      const response = await pool.invoke(event({}));
      expect(response.error).toEqual({
        errorType: 'Runtime.ExitError',
        errorMessage: `RequestId: ${response.requestId} Error: Runtime exited with error: exit status 3`,
      });
      await response.ended;
    }
    expect((await logged('REPORT')).text).toMatch(/Status: error\tError Type: Runtime\.ExitError\t$/);
    expect(new Set(lines.map((line) => line.environmentId)).size).toBe(2);
  });

  test('to end in time kills the process and says so', async () => {
    const { pool, logged } = runningPool('streaming.hangs', { timeout: 1 });
    const response = await pool.invoke(event({}));
    expect(response.error).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${response.requestId} Error: Task timed out after 1.00 seconds`,
    });
    await response.ended;
    expect((await logged('Task timed out')).text).toMatch(/Z [-\w]+ Task timed out after 1\.00 seconds$/);
    expect((await logged('REPORT')).text).toMatch(
      /\tDuration: 1000\.00 ms\tBilled Duration: \d+ ms\t.*Status: timeout\t$/,
    );
  });

  test('to find the folder of the code names it', async () => {
    const { pool } = runningPool('streaming.background', {}, { codeFolder: '/no/such/folder' });
    const { error } = await pool.invoke(event({}));
    expect(error?.errorMessage).toBe('Error: Expected the code of Fixture in /no/such/folder, found no folder');
  });

  test('to find the file of the handler names it', async () => {
    const { pool } = runningPool('missing.handler');
    const response = await pool.invoke(event({}));
    expect(response.error?.errorType).toBe('Runtime.ImportModuleError');
    expect(response.error?.errorMessage).toContain("Cannot find module 'missing'");
  });
});

describe('a caller', () => {
  test('who reads slowly holds the function back', async () => {
    const { pool, lines } = runningPool('streaming.large');
    const { body, ended } = await pool.invoke(event({}));
    expect(body.readableLength).toBeLessThan(1_048_576);
    expect(lines.some((line) => line.text.startsWith('END'))).toBe(false);
    expect(await text(body)).toHaveLength(8_388_608);
    await ended;
  });

  test('who hangs up does not stop the function', async () => {
    const { pool, logged } = runningPool('streaming.large');
    const { body, ended } = await pool.invoke(event({}));
    body.destroy();
    await ended;
    expect((await logged('REPORT')).text).not.toContain('Status');
  });
});

describe('no process remains', () => {
  test('after close, not even one that the function has started', async () => {
    const { pool } = runningPool('streaming.spawns');
    const { body } = await pool.invoke(event({}));
    const pids = (await text(body)).split(' ');
    await pool.close();
    expect(pids).toHaveLength(2);
    await Promise.all(pids.map((pid) => processEnded(Number(pid))));
  });

  test('after close while the function keeps its event loop busy', async () => {
    const { pool } = runningPool('streaming.spins');
    const { body } = await pool.invoke(event({}));
    const pid = Number(await text(body));
    await pool.close();
    await processEnded(pid);
    await expect(pool.invoke(event({}))).rejects.toThrow('has been closed');
  });

  test('after close while the function is in init, and the caller hears of it', async () => {
    const { pool, lines, logged } = runningPool('streaming.background');
    const invoked = pool.invoke(event({}));
    await logged('INIT_START');
    await pool.close();
    const { error, ended } = await invoked;
    expect(error?.errorType).toBe('Runtime.ExitError');
    await ended;
    expect(lines.some((line) => line.text.startsWith('REPORT'))).toBe(false);
  });

  test('after a SIGKILL of the local Lambda, even when the function keeps its event loop busy', async () => {
    const program = join(__dirname, '../../fixtures/invoke-and-wait.ts');
    const parent = spawn(process.execPath, ['--import', 'tsx', program, 'streaming.spins'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const pid = await new Promise<string>((resolve) => createInterface(parent.stdout).once('line', resolve));
      parent.kill('SIGKILL');
      await processEnded(Number(pid));
    } finally {
      parent.kill('SIGKILL');
    }
  });
});

test('the runtime client of Node.js 22 and older runs a function too', async () => {
  const ric = require.resolve('aws-lambda-ric-3/bin/index.mjs');
  const { pool, lines } = runningPool('streaming.background', {}, { ric });
  for (let caller = 1; caller <= 2; caller++) {
    const response = await pool.invoke(event({ caller }));
    expect(await text(response.body)).toBe(`{"caller":${caller}}`);
    await response.ended;
    expect(lines.at(-1)?.text).toMatch(/^REPORT/);
  }
  const failing = runningPool('buffered.throws', {}, { ric });
  expect((await failing.pool.invoke(event({}))).error).toMatchObject({ errorType: 'TypeError' });
});
