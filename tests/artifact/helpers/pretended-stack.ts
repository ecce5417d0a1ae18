import { readTemplate } from '../../../local/template/template';
import { startObservedLambda } from '../../helpers/local-lambda';
import { startLambdaFront } from './lambda-front';
import { MotoStack } from './moto-stack';

interface PretendedStackOptions {
  readonly moto: string;
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Whether the Lambda API keeps an answer until the invocation has ended. */
  readonly holdsAnswersBack?: boolean;
}

/** By which a client of AWS finds a stack, and is let in. */
type Environment = Readonly<Record<string, string>>;

const STACK_NAME = 'background-tasks';
const LogGroup = 'background-tasks-log';
const credentials = { AWS_ACCESS_KEY_ID: 'nobody', AWS_SECRET_ACCESS_KEY: 'nothing' };

/**
 * While `use` runs, there is a stack whose function the local Lambda runs, which checks signatures, and whose
 * CloudFormation and CloudWatch are moto's.
 */
export async function withPretendedStack(
  { moto, template, parameters: parameterOverrides = {}, holdsAnswersBack = false }: PretendedStackOptions,
  use: (environment: Environment) => Promise<void>,
): Promise<void> {
  Object.assign(process.env, credentials, { AWS_SESSION_TOKEN: '' });
  const lambda = await startObservedLambda({ template, parameterOverrides, auth: true });
  const stack = await MotoStack.start(moto);
  const read = await readTemplate(template, { parameterOverrides, region: 'eu-central-1', onWarning: ignore });
  const { functions, urls } = read.read(new Map());
  const [definition] = functions;
  if (!definition) throw new Error(`Expected a function in ${template}`);
  const FunctionUrl = lambda.functionUrls[0]?.url ?? '';
  const front = await startLambdaFront({
    apiUrl: lambda.apiUrl,
    functionUrl: FunctionUrl,
    definition,
    authType: urls[0]?.authType,
    holdBack: async (requestId) => {
      if (holdsAnswersBack) await lambda.waitForLog(({ text }) => text.startsWith(`REPORT RequestId: ${requestId}`));
    },
  });
  try {
    await stack.create(STACK_NAME, { FunctionName: definition.name, FunctionUrl, LogGroup });
    stack.follow(lambda, LogGroup).catch(complain);
    await use({
      ...credentials,
      STACK_NAME,
      AWS_ENDPOINT_URL_CLOUDFORMATION: stack.url,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: stack.url,
      AWS_ENDPOINT_URL_LAMBDA: front.origin,
    });
  } finally {
    stack.stop();
    await Promise.all([front.close(), lambda.close()]);
  }
}

const ignore = (): void => undefined;

function complain(error: unknown): void {
  process.stderr.write(`Expected moto to take each line of the log, but ${String(error)}\n`);
}
