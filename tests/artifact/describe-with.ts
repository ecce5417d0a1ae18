import { testWith } from './tools';

/** Tests of what these tools do together. Where one is missing they are skipped, and a line says which and why. */
export function describeWith<Tools>(find: () => Tools, name: string, declare: (tools: Tools) => void): void {
  let tools: Tools;
  try {
    tools = find();
  } catch {
    // Says what is missing, or throws what else is wrong.
    testWith(find, name, () => undefined);
    return;
  }
  describe(name, () => {
    declare(tools);
  });
}
