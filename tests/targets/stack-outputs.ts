import { CloudFormationClient, DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { object, parse, string } from 'valibot';

/** Those of template.yaml that the tests need. */
const StackOutputs = object({ FunctionName: string(), FunctionUrl: string(), LogGroup: string() });

/** Rejects with an error that names the stack, where it is not there or has not these outputs. */
export async function readStackOutputs(stackName: string) {
  const client = new CloudFormationClient(clientOptions());
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return parse(StackOutputs, valuesOf(Stacks?.[0]?.Outputs));
  } catch (cause) {
    const expected = `Expected STACK_NAME to name a deployed stack of this template, received "${stackName}"`;
    throw new Error(`${expected}: ${reasonOf(cause)}`, { cause });
  } finally {
    client.destroy();
  }
}

/** Unlike the AWS CLI, the SDK for JavaScript does not look at AWS_DEFAULT_REGION. */
export function clientOptions({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv = process.env) {
  const region = AWS_REGION || AWS_DEFAULT_REGION;
  return region ? { region } : {};
}

const valuesOf = (outputs: readonly Output[] = []) =>
  Object.fromEntries(outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]));

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
