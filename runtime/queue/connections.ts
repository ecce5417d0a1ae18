import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** Connections that stay open between invocations: the next task does not wait for a handshake. */
export class Connections {
  #agents = newAgents();
  #usedAt = 0;

  request(protocol: string, options: RequestOptions): ClientRequest {
    // While the environment is frozen a connection may end unnoticed. So none is used that has been idle for long, by the
    // clock of the day: others may stand still meanwhile.
    if (Date.now() - this.#usedAt > longestIdle) this.#agents = newAgents();
    this.#usedAt = Date.now();
    return protocol === 'http:'
      ? httpRequest({ ...options, agent: this.#agents.http })
      : httpsRequest({ ...options, agent: this.#agents.https });
  }
}

/** Milliseconds. */
const longestIdle = 20_000;

function newAgents() {
  // The idle ones of agents that are not used any more end by themselves.
  const options = { keepAlive: true, timeout: longestIdle };
  return { http: new HttpAgent(options), https: new HttpsAgent(options) };
}
