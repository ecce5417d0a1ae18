// Reads a report of `jest --json`: how many tests passed, failed and were skipped, then a line for each that did not pass.
const report = require(process.argv[2]);

const tests = report.testResults.flatMap((file) => file.assertionResults);
const failed = tests.filter(({ status }) => status === 'failed');
const skipped = tests.filter(({ status }) => status !== 'failed' && status !== 'passed');
// A file that does not even load has no tests to fail.
const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);

process.stdout.write(`${report.numPassedTests} ${failed.length + broken.length} ${skipped.length}\n`);
for (const { fullName } of failed) process.stdout.write(`failed: ${fullName}\n`);
for (const { name } of broken) process.stdout.write(`does not run: ${name}\n`);
for (const { fullName } of skipped) process.stdout.write(`skipped: ${fullName}\n`);
