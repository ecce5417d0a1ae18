import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, type Bundle } from '../../../bench/bundle';
import { bare, ours } from '../../../bench/contenders';
import { functionUrlEvent } from '../../../bench/event';
import { measureGarbage } from '../../../bench/measure/garbage';
import { measureWarm } from '../../../bench/measure/warm';
import { checkAnswer } from '../../../bench/runtime/check-answer';
import { withEnvironment } from '../../../bench/runtime/environment';

describe('the environment of the benchmarks', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([bare, ours])('runs $name with the real runtime client, and measures each invocation', async (contender) => {
    await withEnvironment(await bundle(contender, { folder }), async (environment) => {
      const { response, answerMs, turnaroundMs } = await environment.invoke(functionUrlEvent({ message: 'Hello' }));
      checkAnswer(response, 'Hello');
      expect(answerMs).toBeGreaterThan(0);
      expect(turnaroundMs).toBeGreaterThan(0);
    });
  });

  // Pauses of the collector hang on it, and they are what the slowest answers wait for.
  it('finds nothing of an invocation still in use when it is over, but what the runtime client keeps', async () => {
    const size = { warmUp: 500, invocations: 2_500 };
    const [client, library] = [
      await measureGarbage(await bundle(bare, { folder }), size),
      await measureGarbage(await bundle(ours, { folder }), size),
    ];
    expect(client.promoted).toBeGreaterThan(0);
    expect(library.promoted).toBeLessThan(1.4 * client.promoted);
  });

  it('fails a benchmark whose contender gives a wrong answer', async () => {
    const wrong = await bundleOf(
      `awslambda.streamifyResponse(async (event, stream) => {
         const response = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
         response.write('{}');
         response.end();
       })`,
    );
    await expect(measureWarm([wrong], { rounds: 1, warmUp: 0, events: 1 })).rejects.toThrow(
      'Expected 200 application/json {"echoedMessage":"Hello 0"}, received 200  {}',
    );
  });

  it('fails when the process ends, with the last lines of its log', async () => {
    const ending = await bundleOf(
      `awslambda.streamifyResponse(async () => {
         console.error('cannot go on');
         process.exit(3);
       })`,
    );
    await withEnvironment(ending, async (environment) => {
      await expect(environment.invoke(functionUrlEvent({}))).rejects.toThrow(/it ended with 3\.[^]*cannot go on/);
    });
  });

  /** A contender of one expression, in the place of the bare one. */
  async function bundleOf(handler: string): Promise<Bundle> {
    const built = await bundle(bare, { folder });
    await writeFile(join(built.codeFolder, 'bare.js'), `exports.handler = ${handler};\n`);
    return built;
  }
});
