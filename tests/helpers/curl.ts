import { execFileSync } from 'node:child_process';

export function testWithCurl(name: string, body: () => Promise<void>): void {
  declare(name, body, { expected: 'curl', found: help !== undefined });
}

export function testWithSigningCurl(name: string, body: () => Promise<void>): void {
  declare(name, body, { expected: 'curl 7.75 or newer', found: help?.includes('--aws-sigv4') === true });
}

/** All options of the curl on the PATH; undefined where there is none, as on a small Linux image. */
const help = ((): string | undefined => {
  try {
    return execFileSync('curl', ['--help', 'all'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
})();

function declare(name: string, body: () => Promise<void>, { expected, found }: { expected: string; found: boolean }) {
  if (!found) console.warn(`SKIPPED: ${name}. Expected ${expected} on the PATH`);
  (found ? test : test.skip)(name, body);
}
