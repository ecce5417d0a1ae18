import { buildFunction } from './build/build';
import type { BuiltFunction, BundleOptions } from './build/built-function';
import { BundleError } from './build/bundle';
import { handlerMistakes } from './build/handler-mistakes';
import { type EndedInvocation, EnvironmentPool, type ObservedTask, type PhaseChange } from './environment/pool';
import { nodeBinaryFor } from './environment/process/node-binary';
import { assertDeclared, forAll, overrideEnvironment, readEnvironmentOverrides } from './template/variables';
import type { EnvironmentOverrides } from './template/variables';
import type { LogLine } from './log/platform-log';
import { readTemplate, type Declarations, type Definitions, type Template } from './template/template';
import type { FunctionDefinition } from './template/definition';
import { UserError } from './user-error';

/** Where functions come from and where their log goes: what `start` and `invoke` have in common. */
export interface FunctionSource {
  /** `template.yaml` by default. */
  readonly template?: string | undefined;
  readonly parameterOverrides?: Readonly<Record<string, string>> | undefined;
  /** A file with SAM's JSON of environment variables. */
  readonly envVars?: string | undefined;
  /** The entry file of the runtime interface client; that of the package aws-lambda-ric by default. */
  readonly ric?: string;
  /** Values of variables that the template declares, by name. They go before those of `envVars`. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
  readonly onLog?: (line: LogLine) => void;
  /** Called when an invocation is over, after the last line of its log. */
  readonly onEnd?: ((ended: EndedInvocation) => void) | undefined;
  /** Called when a background task of the library begins, and again when its outcome is known. */
  readonly onTask?: ((task: ObservedTask) => void) | undefined;
  /** Called when an execution environment begins a phase of its life. */
  readonly onPhase?: ((change: PhaseChange) => void) | undefined;
  readonly onWarning?: (message: string) => void;
}

export interface LoadedFunctions {
  readonly template: Declarations;
  /** Reads the template whole. Throws for a variable that it does not declare. */
  readonly read: Template['read'];
  /**
   * Builds a function and makes a pool for it, which starts its first environment at the first invocation. Warns of what
   * the template says of the function and does not apply here.
   *
   * @param debugPort where the function is to wait for a debugger, 0 for any free port
   */
  readonly load: (definition: FunctionDefinition, debugPort?: number) => Promise<LoadedFunction>;
}

export interface LoadedFunction {
  readonly built: BuiltFunction;
  readonly pool: EnvironmentPool;
}

/** @param lambdaApi tells, once it answers, the URL of the Lambda API that the functions are to invoke each other by */
export async function loadFunctions(
  source: FunctionSource,
  lambdaApi?: () => string | undefined,
): Promise<LoadedFunctions> {
  const { template = 'template.yaml', parameterOverrides = {}, variables = {}, onWarning = ignore } = source;
  const region = process.env['AWS_REGION'] || process.env['AWS_DEFAULT_REGION'] || 'us-east-1';
  const opened = await readTemplate(template, { parameterOverrides, region, onWarning });
  if (opened.functions.length === 0) {
    throw new UserError(`${template}: expected a function that runs on Node.js from code in a folder, found none.`);
  }
  const told = new Set<string>();
  const overrides: EnvironmentOverrides =
    source.envVars === undefined ? new Map() : await readEnvironmentOverrides(source.envVars);
  return {
    template: opened,
    read: (addresses) => {
      const definitions = opened.read(addresses);
      assertDeclared(variables, definitions.functions);
      return definitions;
    },
    load: async (declared, debugPort) => {
      for (const warning of declared.warnings) onWarning(warning);
      const { warning } = nodeBinaryFor(declared.runtime);
      if (warning !== undefined && !told.has(warning)) onWarning(warning);
      if (warning !== undefined) told.add(warning);
      const built = await buildFunction(debugPort === undefined ? declared : debuggable(declared));
      const definition = overrideEnvironment(overrideEnvironment(built.definition, overrides), forAll(variables));
      const tellOfMistakes = handlerMistakes(declared, built, onWarning);
      const pool = new EnvironmentPool(definition, {
        codeFolder: built.codeFolder,
        region,
        lambdaApi,
        onLog: source.onLog ?? ignore,
        onEnd: (ended) => {
          source.onEnd?.(ended);
          tellOfMistakes(ended);
        },
        onTask: source.onTask,
        ...(source.onPhase && { onPhase: source.onPhase }),
        ric: source.ric,
        debugPort,
      });
      return { built, pool };
    },
  };
}

/** A function that esbuild cannot bundle from its sources as they are. */
export interface BrokenFunction {
  readonly logicalId: string;
  readonly sources: BundleOptions;
  /** Tries again. */
  readonly load: () => Promise<LoadedFunction>;
}

/** Builds what can be built. Why one cannot be read or built is told by its logical id, and does not stop the others. */
export async function loadAll(
  { functions, unreadable }: Definitions,
  {
    load,
    debugged,
    debugPort,
  }: Pick<LoadedFunctions, 'load'> & { debugged?: string | undefined; debugPort?: number | undefined },
): Promise<{ functions: LoadedFunction[]; failures: Map<string, string>; broken: BrokenFunction[] }> {
  const loaded: LoadedFunction[] = [];
  const failures = new Map(unreadable);
  const broken: BrokenFunction[] = [];
  for (const definition of functions) {
    const { logicalId } = definition;
    const port = logicalId === debugged ? debugPort : undefined;
    try {
      loaded.push(await load(definition, port));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.set(logicalId, error.message);
      // What there was to warn of has been said.
      const again = () => load({ ...definition, warnings: [] }, port);
      if (error instanceof BundleError) broken.push({ logicalId, sources: error.sources, load: again });
    }
  }
  return { functions: loaded, failures, broken };
}

/** What is known of a function. Throws the reason why it cannot run, where there is one. */
export function definitionOf(
  { logicalId }: { readonly logicalId: string },
  functions: readonly FunctionDefinition[],
  failures: ReadonlyMap<string, string>,
): FunctionDefinition {
  const definition = functions.find((candidate) => candidate.logicalId === logicalId);
  const reason = failures.get(logicalId);
  if (definition && reason === undefined) return definition;
  throw new UserError(reason ?? `Expected a function of the template, received ${logicalId}.`);
}

/** The one function that is meant, by its logical id or its name; without one there must be no other to choose from. */
export function chooseFunction<Item extends { readonly logicalId: string; readonly name: string }>(
  functions: readonly Item[],
  id: string | undefined,
): Item {
  const ids = functions.map(({ logicalId }) => logicalId).join(', ');
  const [first, ...others] = functions;
  if (id === undefined && first && others.length === 0) return first;
  if (id === undefined) throw new UserError(`Expected the id of a function, since the template has several: ${ids}.`);
  const chosen = functions.find(({ logicalId, name }) => logicalId === id || name === id);
  if (chosen) return chosen;
  throw new UserError(`Expected a function of the template (${ids}), received ${id}.`);
}

/**
 * A function as it runs in a debugger: its names are not minified, and its timeout is a day. The function itself is told
 * of that day too, so that nothing is cut off while it stands at a breakpoint.
 */
function debuggable({ build, ...definition }: FunctionDefinition): FunctionDefinition {
  return {
    ...definition,
    timeout: secondsOfADay,
    ...(build && { build: { ...build, minify: false, sourcemap: true } }),
  };
}

const secondsOfADay = 86_400;

function ignore(): void {
  // Nobody listens.
}
