import { Command, InvalidArgumentError } from 'commander';
import { parseParameterOverrides } from '../template/cloudformation/parameters';
import { reasonOf } from '../user-error';

export interface CommonArguments {
  readonly template: string;
  readonly envVars?: string;
  readonly parameterOverrides?: Readonly<Record<string, string>>;
  readonly debugPort?: number;
}

export interface StartArguments extends CommonArguments {
  readonly host: string;
  readonly port: number;
  readonly apiPort: number;
  readonly function?: string;
  readonly auth: boolean;
  readonly watch: boolean;
}

export interface InvokeArguments extends CommonArguments {
  readonly event?: string;
}

export interface Commands {
  start(options: StartArguments): Promise<void>;
  invoke(functionId: string | undefined, options: InvokeArguments): Promise<void>;
}

/** The commands and their options, named as SAM names them. Mistakes are thrown as a CommanderError once shown. */
export function commandLine(commands: Commands): Command {
  const program = new Command('local-lambda')
    .description('Runs the functions of a SAM template here, the way Lambda does.')
    .exitOverride();

  withCommonOptions(program.command('start'))
    .description('Serves the Function URLs of the template and the Lambda API.')
    .option(
      '-p, --port <number>',
      'Port of the Function URL; further ones take the next ports. 0: any free port.',
      asPort,
      3000,
    )
    .option('--api-port <number>', 'Port of the Lambda API. 0: any free port.', asPort, 3001)
    .option('--host <address>', 'Local hostname or IP address to bind to.', '127.0.0.1')
    .option('--function <LogicalId>', 'Serve the URL of this function only.')
    .option(
      '--auth',
      'Check the signatures of requests to Function URLs of AuthType AWS_IAM against the credentials of the environment.',
      false,
    )
    .option('--no-watch', 'Do not rebuild and replace environments when sources change.')
    .action((options: StartArguments) => commands.start(options));

  withCommonOptions(program.command('invoke'))
    .description('Invokes a function once: prints its answer, then its log until REPORT.')
    .argument('[LogicalId]', 'The function; may be left out where the template has one.')
    .option('-e, --event <file>', "JSON file containing the event. '-' reads it from stdin. Default: {}")
    .action((id: string | undefined, options: InvokeArguments) => commands.invoke(id, options));

  return program;
}

function withCommonOptions(command: Command): Command {
  return command
    .option('-t, --template <file>', 'AWS SAM template file.', 'template.yaml')
    .option('-n, --env-vars <file>', "JSON file containing values for Lambda function's environment variables.")
    .option(
      '--parameter-overrides <pairs...>',
      'CloudFormation parameter overrides encoded as Key=Value pairs.',
      asOverrides,
    )
    .option('-d, --debug-port <number>', 'The function waits for a debugger at this port.', asPort);
}

function asPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port number from 0 to 65535.');
}

/** Called once for each word that follows the option. */
function asOverrides(text: string, previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  try {
    return { ...previous, ...parseParameterOverrides(text) };
  } catch (cause) {
    throw new InvalidArgumentError(reasonOf(cause));
  }
}
