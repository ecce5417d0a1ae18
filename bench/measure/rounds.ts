/**
 * Runs `measure` once for each item in each round, in an order that rotates by one each round: nobody is always first.
 * Returns what it measured by item, one value a round.
 */
export async function inRounds<Item, Result>(
  items: readonly Item[],
  rounds: number,
  measure: (item: Item, round: number) => Promise<Result>,
): Promise<ReadonlyMap<Item, readonly Result[]>> {
  const results = new Map<Item, Result[]>(items.map((item) => [item, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const item of rotated(items, round)) results.get(item)?.push(await measure(item, round));
  }
  return results;
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
