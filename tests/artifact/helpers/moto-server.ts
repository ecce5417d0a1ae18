import { startProcess } from '../../helpers/cli';

/** The server of moto, which is killed when the tests of the file are over. Resolves to its URL. */
export async function startMotoServer(moto: string): Promise<string> {
  const server = startProcess(moto, ['--host', '127.0.0.1', '--port', '0']);
  return await server.logMatches(/Running on (http:\S+)/);
}
