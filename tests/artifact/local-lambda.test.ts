import { testBackgroundTasks } from '../suites/background-tasks';
import { startLocalTarget } from '../targets/local-lambda';
import { builtArtifact } from './helpers/built-artifact';
import { describeWith } from './helpers/test-with';

describeWith(builtArtifact, 'on the local Lambda, from the artifact that `sam build` made', ({ template }) => {
  testBackgroundTasks(() => startLocalTarget({ template }));
});
