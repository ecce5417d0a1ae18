/** The parts of a body, each made when it is asked for, as a file or a database would give them. */
export function* parts(megabytes: number): Generator<Buffer> {
  for (let part = 0; part < megabytes * partsInMegabyte; part += 1) {
    yield Buffer.alloc(partBytes, part % 251);
  }
}

const partBytes = 64 * 1024;
const partsInMegabyte = 16;
