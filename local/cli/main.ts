#!/usr/bin/env node
import { CommanderError } from '@commander-js/extra-typings';
import { stop as stopEsbuild } from 'esbuild';
import { commandLine } from './command-line';
import { TooManyRequestsError } from '../environment/pool';
import { invoke } from './invoke';
import { redrive } from './redrive';
import { start } from './start';
import { UserError } from '../user-error';

// stdout carries what a script may want to read: the banner, the answer. The log goes to stderr.
const output = { out: process.stdout, log: process.stderr };

const program = commandLine({
  async start(options) {
    await start(options, output);
  },
  async invoke(functionId, options) {
    const succeeded = await invoke({ ...options, functionId }, output);
    process.exitCode = succeeded ? 0 : 1;
  },
  async redrive(queue, options) {
    const succeeded = await redrive({ ...options, queue }, output);
    process.exitCode = succeeded ? 0 : 1;
  },
});

program
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else if (error instanceof UserError || error instanceof TooManyRequestsError) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  })
  // esbuild's process ends by itself when ours has ended, except in the middle of a build.
  .finally(stopEsbuild);
