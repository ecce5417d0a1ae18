import { testBackgroundTasks } from '../suites/background-tasks';
import { connectToStack } from '../targets/deployed-stack';
import { stackName, whySkipped } from './requirements';

// An invocation may take 15 minutes, and CloudWatch some more to show it.
jest.setTimeout(20 * 60_000);

const skipped = whySkipped();
const describeStack = skipped === undefined ? describe : describe.skip;

describeStack(`the deployed stack ${skipped ?? stackName()}`, () => {
  testBackgroundTasks(() => connectToStack(stackName()));
});
