import type { BuildProperties } from './build';

/** What the local Lambda needs to know of one function that a template declares, every intrinsic resolved. */
export interface FunctionDefinition {
  readonly logicalId: string;
  /** The FunctionName property, else the logical id. */
  readonly name: string;
  /** As in the template, for instance `app.handler`. */
  readonly handler: string;
  /** The Runtime property, for instance `nodejs24.x`. */
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memorySize: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency?: number;
  /** Absolute path of the folder that CodeUri names. */
  readonly codeUri: string;
  /** Present when Metadata says `BuildMethod: esbuild`; without it the function runs straight from its CodeUri. */
  readonly build?: BuildProperties;
  readonly url?: FunctionUrlDefinition;
}

export interface FunctionUrlDefinition {
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly authType: 'AWS_IAM' | 'NONE';
}
