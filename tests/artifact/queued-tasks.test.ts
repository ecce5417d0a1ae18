import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fences } from '../helpers/readme';
import { recipe } from '../helpers/recipes';
import { templateWith } from '../helpers/template-with';
import { projectFolder } from './helpers/built-artifact';
import { deployment, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { cfnLint, samPython } from './helpers/tools';

/** The project's template with the lines that docs/queued-tasks.md has for it. */
function templateOfTasks(...more: readonly string[]): Promise<string> {
  const guide = readFileSync(join(projectFolder, 'docs/queued-tasks.md'), 'utf8');
  const lines = fences(guide).filter(({ language }) => language === 'yaml');
  return templateWith(join(projectFolder, 'template.yaml'), ...lines.map(({ content }) => content), ...more);
}

testWith(cfnLint, 'cfn-lint has no remark on the template with queued tasks', async (lint) => {
  const templates = [await templateOfTasks(), await templateOfTasks(recipe('Gradual deployment'))];
  const { stdout, status } = spawnSync(lint, ['--include-checks', 'I', '--', ...templates], { encoding: 'utf8' });
  expect({ remarks: stdout, status }).toEqual({ remarks: '', status: 0 });
});

testWith(
  () => samPython(),
  'the function may invoke itself and send to the queue of what has failed, and nothing else',
  async (python) => {
    const { deployed } = await deployment(python, await templateOfTasks());
    expect(propertiesOf(deployed, 'BackgroundTasksRole')).toMatchObject({
      Policies: [{ PolicyName: 'WriteItsOwnLog' }],
    });
    expect(propertiesOf(deployed, 'QueueItsOwnTasks')).toMatchObject({
      Roles: [{ Ref: 'BackgroundTasksRole' }],
      PolicyDocument: {
        Statement: [
          { Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['BackgroundTasks', 'Arn'] } },
          { Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['FailedTasks', 'Arn'] } },
        ],
      },
    });
    expect(propertiesOf(deployed, 'BackgroundTasksEventInvokeConfig')).toMatchObject({
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailedTasks', 'Arn'] } } },
    });
  },
);
