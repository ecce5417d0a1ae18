import type { BuildOptions, OutputFile } from 'esbuild';
import type { FunctionDefinition } from '../template/definition';

/** A function that is ready to run. */
export interface BuiltFunction {
  /** As it is after the build, which may change the handler's path and NODE_OPTIONS. */
  readonly definition: FunctionDefinition;
  /** Absolute path of what the function finds under LAMBDA_TASK_ROOT. */
  readonly codeFolder: string;
  /** What esbuild follows to learn of a change: the function's bundle, or one that nobody runs. */
  readonly sources: BundleOptions;
  /** Brings `codeFolder` up to date, given the files of a new build of `sources`. */
  readonly update: (files: readonly OutputFile[]) => Promise<void>;
}

/** For esbuild, which writes nothing itself. */
export type BundleOptions = BuildOptions & { readonly write: false };
