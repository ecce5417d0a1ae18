import { testBackgroundTasks } from '../suites/background-tasks';
import { startLocalTarget } from '../targets/local-lambda';
import { describeWith } from './describe-with';
import { builtArtifact } from './tools';

describeWith(builtArtifact, 'on the local Lambda, from the artifact that `sam build` made', ({ template }) => {
  testBackgroundTasks(() => startLocalTarget({ template }));
});
