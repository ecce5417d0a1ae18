/** A body of many parts, each made when it is asked for, as a file or a database would give them. */
export function streamOfParts(megabytes: number): ReadableStream<Buffer> {
  const source = parts(megabytes);
  return new ReadableStream({
    pull(controller) {
      const part = source.next();
      if (part.done === true) controller.close();
      else controller.enqueue(part.value);
    },
  });
}

export function* parts(megabytes: number): Generator<Buffer> {
  for (let part = 0; part < megabytes * partsInMegabyte; part += 1) {
    yield Buffer.alloc(partBytes, part % 251);
  }
}

const partBytes = 64 * 1024;
const partsInMegabyte = 16;

/** What a function has in memory besides, for its dependencies and its data: 3 MB where ITEMS is 40,000. */
const items = Array.from({ length: Number(process.env['ITEMS']) }, (_, id) => ({ id, name: `item ${id}` }));
Reflect.set(globalThis, 'items', items);
