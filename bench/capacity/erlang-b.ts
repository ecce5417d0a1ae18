/**
 * The share of requests that find all `servers` busy (Erlang's B formula), where `load` is how many are busy on average
 * if there are enough: requests a second times seconds each. It holds for Poisson arrivals and any distribution of the
 * duration, provided a request that finds no server is turned away, as Lambda does with 429.
 */
export function erlangB(load: number, servers: number): number {
  let blocked = 1;
  for (let busy = 1; busy <= servers; busy += 1) blocked = (load * blocked) / (busy + load * blocked);
  return blocked;
}

/** The fewest servers that turn away at most `share` of the requests. */
export function serversFor(load: number, share: number): number {
  let servers = 0;
  let blocked = 1;
  while (blocked > share) {
    servers += 1;
    blocked = (load * blocked) / (servers + load * blocked);
  }
  return servers;
}
