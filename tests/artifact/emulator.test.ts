import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allDebugLines, debugLines } from '../helpers/debug-lines';
import { builtArtifact, projectFolder } from './helpers/built-artifact';
import { type EmulatedFunction, startEmulator } from './helpers/emulator';
import { testWith } from './helpers/test-with';
import { samEmulator } from './helpers/tools';

let emulated: EmulatedFunction | undefined;

afterEach(async () => {
  await emulated?.stop();
});

testWith(
  () => ({ ...builtArtifact(), emulator: samEmulator() }),
  "the artifact answers under the SAM CLI's own emulator without Docker, and logs the debug lines in order",
  async ({ emulator, codeFolder }) => {
    emulated = await startEmulator(emulator, codeFolder);

    const answer = await emulated.invoke(await readFile(join(projectFolder, 'events/hello.json'), 'utf8'));
    await emulated.stop();

    expect(answer).toBe('{"echoedMessage":"Hello Background Tasks"}');
    expect(debugLines(emulated.log())).toEqual(allDebugLines);
  },
);
