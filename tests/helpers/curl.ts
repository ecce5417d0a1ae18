import { execFileSync } from 'node:child_process';

/** All options of the curl on the PATH; undefined where there is none, as on a small Linux image. */
const help = ((): string | undefined => {
  try {
    return execFileSync('curl', ['--help', 'all'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
})();

export const testWithCurl = help === undefined ? skipped('curl') : test;

export const testWithSigningCurl = help?.includes('--aws-sigv4') === true ? test : skipped('curl 7.75 or newer');

/** Jest names the skipped tests, this says why. */
function skipped(expected: string): typeof test.skip {
  console.warn(`SKIPPED: tests that need ${expected} on the PATH`);
  return test.skip;
}
