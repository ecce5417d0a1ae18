import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { allDebugLines, debugLines } from '../helpers/debug-lines';
import { builtArtifact, projectFolder } from './helpers/built-artifact';
import { testWith } from './helpers/test-with';
import { dockerDaemon, samCli } from './helpers/tools';

testWith(
  () => {
    builtArtifact();
    dockerDaemon();
    return { sam: samCli() };
  },
  '`sam local invoke -e events/hello.json` prints the answer, and logs the debug lines in order',
  async ({ sam }) => {
    const { stdout, stderr } = await promisify(execFile)(sam, ['local', 'invoke', '-e', 'events/hello.json'], {
      cwd: projectFolder,
      env: { ...process.env, SAM_CLI_TELEMETRY: '0' },
      // Less than the test has, so that SAM removes its container and leaves in time.
      timeout: 150_000,
    });

    // SAM writes the JSON anew, with spaces.
    expect(JSON.parse(stdout)).toEqual({ echoedMessage: 'Hello Background Tasks' });
    expect(debugLines(stderr)).toEqual(allDebugLines);
  },
);
