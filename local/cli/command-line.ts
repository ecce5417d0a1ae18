import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { object, parse, parseJson, pipe, string } from 'valibot';
import { parseParameterOverrides } from '../template/cloudformation/parameters';
import { reasonOf, UserError } from '../user-error';

export interface Commands {
  readonly start: (options: StartArguments) => Promise<void>;
  readonly invoke: (functionId: string | undefined, options: InvokeArguments) => Promise<void>;
  readonly redrive: (queue: string, options: RedriveArguments) => Promise<void>;
}

export type StartArguments = ReturnType<ReturnType<typeof startCommand>['opts']>;

export interface InvokeArguments extends Omit<ReturnType<ReturnType<typeof invokeCommand>['opts']>, 'event'> {
  /** JSON */
  readonly event: Uint8Array;
}

export type RedriveArguments = ReturnType<ReturnType<typeof redriveCommand>['opts']>;

/** The commands and their options, named as SAM names them. Mistakes are thrown as a CommanderError once shown. */
export function commandLine({ start, invoke, redrive }: Commands): Command {
  const program = new Command('background-tasks')
    .description('Runs the functions of a SAM template here, the way Lambda does.')
    .version(version())
    .configureOutput({
      outputError: (text, write) => {
        write(text + npmHint(text));
      },
    })
    .exitOverride();
  const commands = [
    startCommand().action((options) => start(options)),
    invokeCommand().action(async (functionId, { event, ...options }) =>
      invoke(functionId, { ...options, event: await readEvent(event) }),
    ),
    redriveCommand().action((queue, options) => redrive(queue, options)),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  return program;
}

/** Of the package; its package.json is in the root of this repository, and of what is installed. */
const version = (): string => parse(Manifest, readFileSync(path.join(__dirname, '../../package.json'), 'utf8')).version;

const Manifest = pipe(string(), parseJson(), object({ version: string() }));

/** Without `--` npm keeps options to itself, and of `-p 3100` hands on the number. */
const npmHint = (error: string): string =>
  process.env['npm_lifecycle_event'] === 'start' && error.startsWith("error: too many arguments for 'start'")
    ? 'Options follow --, since npm keeps what is before it: npm start -- -p 3100\n'
    : '';

function startCommand() {
  return commonCommand('start')
    .description('Serves the Function URLs of the template and the Lambda API.')
    .option(
      '-p, --port <number>',
      'Port of the Function URL; further ones take the next but --api-port and --page-port. 0: any free.',
      asPort,
      3000,
    )
    .option('--api-port <number>', 'Port of the Lambda API. 0: any free port.', asPort, 3001)
    .option('--page-port <number>', 'Port of the live page. 0: any free port.', asPort, 3002)
    .option('--no-page', 'Serve no live page.')
    .option('--host <address>', 'Local hostname or IP address to bind to.', '127.0.0.1')
    .option('--function <LogicalId>', 'Serve the URL of this function only.')
    .option(
      '--auth',
      'Check the signatures of requests to Function URLs of AuthType AWS_IAM against the credentials of the environment.',
      false,
    )
    .option(
      '--retry-delay <seconds>',
      'Seconds before a failed event is tried again, twice that the second time.',
      asSeconds,
      60,
    )
    .option('--no-watch', 'Do not rebuild and replace environments when sources change.');
}

function invokeCommand() {
  return commonCommand('invoke')
    .description('Invokes a function once: prints its answer, then its log until REPORT.')
    .argument('[LogicalId]', 'The function; may be left out where the template has one.')
    .option('-e, --event <file>', "JSON file containing the event. '-' reads it from stdin. Default: {}");
}

function redriveCommand() {
  return new Command('redrive')
    .description("Puts what lies in an on-failure queue back onto Lambda's event queue, one event at a time.")
    .argument('<queue>', 'Name, URL or ARN of the SQS queue that is the on-failure destination.')
    .option(
      '--execute',
      'Do it. Without this option it says what it would do, and takes nothing out of the queue.',
      false,
    );
}

function commonCommand(name: string) {
  return new Command(name)
    .option('-t, --template <file>', 'AWS SAM template file.', 'template.yaml')
    .option('-n, --env-vars <file>', "JSON file containing values for Lambda function's environment variables.")
    .option(
      '--parameter-overrides <pairs...>',
      'CloudFormation parameter overrides encoded as Key=Value pairs.',
      asOverrides,
    )
    .option(
      '-d, --debug-port <number>',
      'The function waits for a debugger at this port. 0: any free port, which its log names.',
      asPort,
    )
    .addOption(
      new Option(
        '--log <form>',
        'One short line for each record, or what CloudWatch would get, byte for byte. Default: readable on a terminal, else raw.',
      ).choices(['readable', 'raw'] as const),
    );
}

function asPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port number from 0 to 65535.');
}

function asSeconds(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (seconds <= 21_600) return seconds;
  throw new InvalidArgumentError('Expected seconds from 0 to 21600.');
}

/** Called once for each word that follows the option. */
function asOverrides(text: string, previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  try {
    return { ...previous, ...parseParameterOverrides(text) };
  } catch (cause) {
    throw new InvalidArgumentError(reasonOf(cause));
  }
}

/** The event that `--event` names, checked to be JSON: a file, `-` for stdin, or an empty object when it is left out. */
async function readEvent(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return Buffer.from('{}');
  const event = await readBytes(file);
  try {
    JSON.parse(event.toString());
  } catch (cause) {
    throw new UserError(`--event ${file}: expected JSON, received something else: ${reasonOf(cause)}`, { cause });
  }
  return event;
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await (file === '-' ? buffer(process.stdin) : readFile(file));
  } catch (cause) {
    throw new UserError(`--event ${file}: expected a file with JSON: ${reasonOf(cause)}`, { cause });
  }
}
