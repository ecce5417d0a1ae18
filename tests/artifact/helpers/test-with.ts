import { MissingToolError } from './tools';

/** Each test may start containers, or wait for the function's 10 seconds on a busy machine. */
const timeout = 180_000;

/** A test of what these tools do together. Where one is missing the test is skipped, and a line says which and why. */
export function testWith<Tools>(find: () => Tools, name: string, run: (tools: Tools) => Promise<void> | void): void {
  const found = findOrSkip(find, name);
  if (!found) return;
  test(
    name,
    async () => {
      await run(found.tools);
    },
    timeout,
  );
}

/** Tests of what these tools do together. Where one is missing they are skipped, and a line says which and why. */
export function describeWith<Tools>(find: () => Tools, name: string, declare: (tools: Tools) => void): void {
  const found = findOrSkip(find, name);
  if (!found) return;
  describe(name, () => {
    declare(found.tools);
  });
}

function findOrSkip<Tools>(find: () => Tools, name: string): { tools: Tools } | undefined {
  try {
    return { tools: find() };
  } catch (error) {
    if (!(error instanceof MissingToolError)) throw error;
    // Not console.warn: jest keeps to itself what a file says all of whose tests are skipped.
    process.stderr.write(`SKIPPED  ${name}\n         ${error.message}\n`);
    test.skip(`${name} (skipped: ${error.message})`, () => undefined);
    return undefined;
  }
}
