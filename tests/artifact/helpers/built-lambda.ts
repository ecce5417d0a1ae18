import { backgroundSeconds } from '../../helpers/background-seconds';
import { startCli } from '../../helpers/cli';

/** The local Lambda, started by its own command on what `sam build` made; stopped when the tests of the file are over. */
export async function startBuiltLambda(template: string): Promise<{ functionUrl: string; apiUrl: string }> {
  const ports = ['-p', '0', '--api-port', '0', '--page-port', '0'];
  const cli = startCli('start', '-t', template, ...ports, '--env-vars', await backgroundSeconds(0.2));
  return {
    functionUrl: await cli.outMatches(/^Function URL +(\S+)/m),
    apiUrl: await cli.outMatches(/^Lambda API +(\S+)/m),
  };
}
