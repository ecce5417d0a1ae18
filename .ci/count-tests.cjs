// Reads a report of `jest --json`: how many tests passed, failed and were skipped, then a line for each skipped one.
const report = require(process.argv[2]);

const passed = report.numPassedTests;
// A file that does not even load has no tests to fail.
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
const skipped = report.testResults
  .flatMap((file) => file.assertionResults)
  .filter((test) => !['passed', 'failed'].includes(test.status));

process.stdout.write(`${passed} ${failed} ${skipped.length}\n`);
for (const test of skipped) process.stdout.write(`${test.fullName}\n`);
