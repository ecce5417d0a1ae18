import { textIn } from '../log/environment-variable';

/** Where the Lambda API is: as the AWS SDKs have it, by the same variables. */
export function endpointOf(
  environment: NodeJS.ProcessEnv,
  { region, partition }: { readonly region: string; readonly partition: string },
): URL {
  const own = textIn(environment['AWS_ENDPOINT_URL_LAMBDA']) ?? textIn(environment['AWS_ENDPOINT_URL']);
  return new URL(own ?? `https://lambda.${region}.${suffixes.get(partition) ?? 'amazonaws.com'}`);
}

/**
 * The partitions whose domain is one of their own.
 *
 * @see https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
const suffixes: ReadonlyMap<string, string> = new Map([
  ['aws-cn', 'amazonaws.com.cn'],
  ['aws-eusc', 'amazonaws.eu'],
  ['aws-iso', 'c2s.ic.gov'],
  ['aws-iso-b', 'sc2s.sgov.gov'],
  ['aws-iso-e', 'cloud.adc-e.uk'],
  ['aws-iso-f', 'csp.hci.ic.gov'],
]);
