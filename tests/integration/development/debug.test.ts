import path from 'node:path';
import type { PhaseChange } from '../../../local/environment/pool';
import { startProcess } from '../../helpers/cli';
import { folderWith } from '../../helpers/folder-with';
import { startObservedLambda } from '../../helpers/local-lambda';
import { closeAll, event, runningPool } from '../../helpers/running-pool';

afterEach(closeAll);

const template = `
Resources:
  Debugged:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [app.ts] } }
    Properties: { Handler: app.handler, Runtime: nodejs24.x, Timeout: 1, FunctionUrlConfig: { AuthType: NONE } }
  Other:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, Runtime: nodejs24.x }
`;

const handler = `
import type { Context } from 'aws-lambda';
interface Event { readonly rawPath: string }
let invocations = 0;
export const handler = async (event: Event, context: Context) => {
  invocations += 1;
  const greeting: string = 'hello ' + event.rawPath;
  debugger;
  const hours = context.getRemainingTimeInMillis() / 3_600_000;
  return { statusCode: 200, body: JSON.stringify({ greeting, invocations, hours, stack: new Error().stack }) };
};
`;

test('the function waits for a debugger, runs one invocation after the other, and has time without end', async () => {
  const folder = await folderWith({ 'template.yaml': template, 'app.ts': handler });
  const lambda = await startObservedLambda({
    template: path.join(folder, 'template.yaml'),
    function: 'Debugged',
    debugPort: 0,
  });
  const answerTo = async (name: string): Promise<unknown> => {
    const response = await fetch(`${lambda.functionUrls[0]?.url ?? ''}${name}`);
    return response.json();
  };

  const first = answerTo('first');
  const listening = await lambda.waitForLog(({ text }) => text.startsWith('Debugger listening on'));
  const second = answerTo('second');
  const debug = startProcess(process.execPath, ['inspect', new URL(listening.text.split(' ').at(-1) ?? '').host]);
  await debug.outMatches(/Break on start in .*aws-lambda-ric/);
  debug.send('cont');
  await debug.outMatches(/break in .*app\.js:[^]*debugger;/);
  debug.send('exec greeting');
  await debug.outMatches(/'hello \/first'/);
  debug.send('cont');
  // A place in the source, not in the bundle.
  const stack: unknown = expect.stringMatching(/app\.ts:10:/);
  const answer = await first;
  expect(answer).toMatchObject({ greeting: 'hello /first', invocations: 1, stack });
  // The template's Timeout is a second.
  expect(answer).toHaveProperty('hours', expect.closeTo(24, 0));
  await debug.outMatches(/(?:break in .*app\.js:[^]*){2}debugger;/);
  debug.send('cont');
  expect(await second).toMatchObject({ greeting: 'hello /second', invocations: 2 });
  await debug.stop('SIGKILL');
});

test('its environment is there for as long as the debugger is, whether or not there is something to run', async () => {
  const phases: string[] = [];
  const idle = { debugPort: 0, idleSeconds: 0, onPhase: ({ phase }: PhaseChange) => phases.push(phase) };
  const { pool, logged } = runningPool('streaming.background', {}, idle);
  const invoked = pool.invoke(event({}));
  const { text } = await logged('Debugger listening on');
  const debug = startProcess(process.execPath, ['inspect', new URL(text.split(' ').at(-1) ?? '').host]);
  await debug.outMatches(/Break on start in .*aws-lambda-ric/);
  debug.send('cont');
  await (
    await invoked
  ).ended;
  // It answers the debugger, a good while after idleSeconds.
  debug.send('exec 6 * 7');
  await debug.outMatches(/\b42\b/);
  expect(phases).toEqual(['starting', 'init', 'busy', 'answered', 'frozen']);
  await debug.stop('SIGKILL');
});

test('of several functions, the one to debug must be named', async () => {
  const folder = await folderWith({ 'template.yaml': template, 'app.ts': handler });
  const start = startObservedLambda({ template: path.join(folder, 'template.yaml'), debugPort: 0 });
  await expect(start).rejects.toThrow('--debug-port: expected --function too, to say which to debug: Debugged, Other.');
});
