import { chromiumPath } from '../helpers/browser';

/** Says what will be skipped, and how not to. */
export default function requirements(): void {
  if (chromiumPath !== undefined) return;
  process.stderr.write(
    '\n*** The tests of the live page are SKIPPED: there is no Chromium. ***\n' +
      '*** On Debian: apt-get install chromium. Elsewhere: CHROMIUM=<path of a Chromium or Chrome>. ***\n\n',
  );
}
