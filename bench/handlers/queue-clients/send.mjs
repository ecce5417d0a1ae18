/** Sends a request that is signed, on a connection that is kept. Loads node:https too, since AWS is reached by it. */
export async function send(url, headers, body) {
  process.getBuiltinModule('node:https');
  const { Agent, request } = process.getBuiltinModule('node:http');
  agent ??= new Agent({ keepAlive: true });
  await new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers, agent }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 202) resolve();
        else reject(new Error(`Expected status 202, received ${response.statusCode}`));
      });
    })
      .once('error', reject)
      .end(body);
  });
}

let agent;
