import { LambdaCodableAdapter, LambdaRuntime } from '../../../runtime';
import { anyInput } from '../any-input';

/** The library with this adapter and nothing else, for the size of its bundle. */
const adapter = new LambdaCodableAdapter(anyInput, { handle: (input, outputWriter) => outputWriter.write(input) });

export const handler = new LambdaRuntime(adapter).run();
