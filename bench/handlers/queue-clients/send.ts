import type { Agent } from 'node:http';

/** Sends a request that is signed, on a connection that is kept. */
export async function send(url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  // Not needed for this Lambda API, but for that of AWS. An import would load it with the function.
  process.getBuiltinModule('node:https');
  const { Agent, request } = process.getBuiltinModule('node:http');
  agent ??= new Agent({ keepAlive: true });
  const options = { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
  await new Promise<void>((resolve, reject) => {
    request(url, options, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`Expected status 202, received ${response.statusCode}`));
      });
    })
      .once('error', reject)
      .end(body);
  });
}

let agent: Agent | undefined;
