import type { BuildProperties } from './build-properties';

/** What the local Lambda needs to know of one function that a template declares, every intrinsic resolved. */
export interface FunctionDefinition {
  readonly logicalId: string;
  /** The FunctionName property, else the logical id. */
  readonly name: string;
  /** That of the AutoPublishAlias property and of each AWS::Lambda::Alias. */
  readonly aliases: readonly string[];
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
  /** What becomes of an invocation that goes round in a loop; Lambda's default is Terminate. */
  readonly recursiveLoop?: 'Allow' | 'Terminate';
  /** Absolute path of the folder that CodeUri names. */
  readonly codeUri: string;
  /** Present when Metadata says `BuildMethod: esbuild`; without it the function runs straight from its CodeUri. */
  readonly build?: BuildProperties;
  /** One for each qualifier that has settings of its own. */
  readonly eventConfigs: readonly EventConfig[];
  /** Present where the template has a LoggingConfig. */
  readonly logging?: LoggingDefinition;
  /** What of the template does not apply here, or not as it is written: each a sentence with its file and line. */
  readonly warnings: readonly string[];
}

/** An AWS::Lambda::Url; SAM makes one of a FunctionUrlConfig. */
export interface FunctionUrlDefinition {
  readonly logicalId: string;
  /** The logical id of the function that it calls. */
  readonly functionId: string;
  /** The alias of the function that it calls. */
  readonly qualifier?: string;
  readonly invokeMode: 'BUFFERED' | 'RESPONSE_STREAM';
  readonly authType: 'AWS_IAM' | 'NONE';
  readonly cors?: CorsDefinition;
}

/** Who may call from a web page of another origin; `*` in a list stands for all. */
export interface CorsDefinition {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge?: number;
}

/** An AWS::Lambda::EventInvokeConfig: what becomes of asynchronous invocations. What is left out is Lambda's to decide. */
export interface EventConfig {
  /** `$LATEST` or an alias: the invocations at this qualifier are meant. SAM puts it on the alias where it makes one. */
  readonly qualifier: string;
  /** How often an event whose invocation failed is tried again; Lambda's default is 2. */
  readonly eventRetries?: number;
  /** Seconds after which an event is not tried any more; Lambda's default is six hours. */
  readonly eventAge?: number;
  /** Where the record of an event goes that has been worked off: an ARN. */
  readonly onSuccess?: string;
  /** Where the record of an event goes that was given up: an ARN. */
  readonly onFailure?: string;
}

/** What is left out is Lambda's to decide; only the JSON format knows levels. */
export interface LoggingDefinition {
  readonly format: 'Text' | 'JSON';
  readonly applicationLogLevel?: 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';
  readonly systemLogLevel?: 'DEBUG' | 'INFO' | 'WARN';
  readonly logGroup?: string;
}
