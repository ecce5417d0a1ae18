import { defineTask, LambdaCodableAdapter, LambdaRuntime } from '../../../runtime';
import { anyInput } from '../any-input';

/** The library with this adapter and a queued task, for the size of its bundle. */
const adapter = new LambdaCodableAdapter(anyInput, { handle: (input, outputWriter) => outputWriter.write(input) });
const tasks = [defineTask('task', anyInput, () => undefined)];

export const handler = new LambdaRuntime(adapter, { tasks }).run();
