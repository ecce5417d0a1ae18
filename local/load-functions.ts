import path from 'node:path';
import { buildFunction, type BuiltFunction } from './build/build';
import { EnvironmentPool } from './environment/pool';
import { overrideEnvironment, readEnvironmentOverrides } from './template/variables';
import type { EnvironmentOverrides } from './template/variables';
import type { LogLine } from './log/platform-log';
import { readTemplate, type Definitions, type Template } from './template/template';
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
  readonly onLog?: (line: LogLine) => void;
  readonly onWarning?: (message: string) => void;
}

export interface LoadedFunctions {
  readonly template: Template;
  /** Absolute path of `.local-lambda`, beside the template. */
  readonly outputRoot: string;
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

export async function loadFunctions(source: FunctionSource): Promise<LoadedFunctions> {
  const { template = 'template.yaml', parameterOverrides = {}, onLog = ignore, onWarning = ignore, ric } = source;
  const region = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1';
  const read = await readTemplate(template, { parameterOverrides, region, onWarning });
  if (read.functions.length === 0) {
    throw new UserError(`${template}: expected a function that runs on Node.js from code in a folder, found none.`);
  }
  const overrides: EnvironmentOverrides =
    source.envVars === undefined ? new Map() : await readEnvironmentOverrides(source.envVars);
  const outputRoot = path.join(path.dirname(path.resolve(template)), '.local-lambda');
  return {
    template: read,
    outputRoot,
    load: async (declared, debugPort) => {
      for (const warning of declared.warnings) onWarning(warning);
      const built = await buildFunction(debugPort === undefined ? declared : debuggable(declared), outputRoot);
      const pool = new EnvironmentPool(overrideEnvironment(built.definition, overrides), {
        codeFolder: built.codeFolder,
        region,
        onLog,
        ric,
        debugPort,
      });
      return { built, pool };
    },
  };
}

/** Builds what can be built. Why one cannot be read or built is told by its logical id, and does not stop the others. */
export async function loadAll(
  { functions, unreadable }: Definitions,
  {
    load,
    debugged,
    debugPort,
  }: Pick<LoadedFunctions, 'load'> & { debugged?: string | undefined; debugPort?: number | undefined },
): Promise<{ functions: LoadedFunction[]; failures: ReadonlyMap<string, string> }> {
  const loaded: LoadedFunction[] = [];
  const failures = new Map(unreadable);
  for (const definition of functions) {
    const { logicalId } = definition;
    try {
      loaded.push(await load(definition, logicalId === debugged ? debugPort : undefined));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      failures.set(logicalId, error.message);
    }
  }
  return { functions: loaded, failures };
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
 * A function as it runs in a debugger: with its own names, and with all the time in the world. The function itself sees
 * that time too: what acts shortly before the deadline is not to act at a breakpoint.
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
