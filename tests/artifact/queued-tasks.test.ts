import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { linesForQueuedTasks, recipe } from '../helpers/recipes';
import { templateWith } from '../helpers/template-with';
import { projectFolder } from './helpers/built-artifact';
import { deployment, namesOf, propertiesOf } from './helpers/cloudformation';
import { testWith } from './helpers/test-with';
import { cfnLint, checkov, samCli, samPython } from './helpers/tools';

/** The project's template with the lines that docs/queued-tasks.md has for it. */
function templateOfTasks(...more: readonly string[]): Promise<string> {
  return templateWith(join(projectFolder, 'template.yaml'), linesForQueuedTasks(), ...more);
}

/** With all that the page has for it. */
function templateOfTasksThatRunOnce(): Promise<string> {
  return templateOfTasks(linesForQueuedTasks('Make it run once'));
}

testWith(cfnLint, 'cfn-lint has no remark on the template with queued tasks', async (lint) => {
  const templates = [
    await templateOfTasks(),
    await templateOfTasks(recipe('Gradual deployment')),
    await templateOfTasksThatRunOnce(),
  ];
  const { stdout, status } = spawnSync(lint, ['--include-checks', 'I', '--', ...templates], { encoding: 'utf8' });
  expect({ remarks: stdout, status }).toEqual({ remarks: '', status: 0 });
});

testWith(samCli, '`sam validate --lint` passes on it', async (sam) => {
  const template = ['--template-file', await templateOfTasksThatRunOnce()];
  const { stderr, status } = spawnSync(sam, ['validate', '--lint', ...template], { encoding: 'utf8' });
  expect({ stderr, status }).toMatchObject({ status: 0 });
});

testWith(checkov, 'checkov finds nothing in it', async (checker) => {
  const options = ['--framework', 'cloudformation', '--compact', '--quiet', '--skip-download'];
  const file = await templateOfTasksThatRunOnce();
  const { stdout, status } = spawnSync(checker, ['--file', file, ...options], { encoding: 'utf8' });
  expect({ stdout, status }).toMatchObject({ status: 0 });
});

testWith(
  () => samPython(),
  'the function may invoke itself and send to the queue of what has failed, and nothing else',
  async (python) => {
    const { deployed } = await deployment(python, await templateOfTasks());
    expect(namesOf(deployed, 'AWS::IAM::Role')).toEqual(['BackgroundTasksRole']);
    expect(namesOf(deployed, 'AWS::IAM::Policy')).toEqual(['QueueItsOwnTasks']);
    const role = propertiesOf(deployed, 'BackgroundTasksRole');
    expect(Object.keys(role).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies']);
    expect(role).toMatchObject({ Policies: [{ PolicyName: 'WriteItsOwnLog' }] });
    const Effect = 'Allow';
    expect(propertiesOf(deployed, 'QueueItsOwnTasks')).toEqual({
      PolicyName: 'QueueItsOwnTasks',
      Roles: [{ Ref: 'BackgroundTasksRole' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect, Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['BackgroundTasks', 'Arn'] } },
          { Effect, Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['FailedTasks', 'Arn'] } },
        ],
      },
    });
  },
);

testWith(
  () => samPython(),
  'what fails for good lies in a queue that outlives the stack, and two alarms more tell the topic that is named',
  async (python) => {
    const AlarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:pager';
    const { deployed } = await deployment(python, await templateOfTasks(), { AlarmTopicArn });
    expect(propertiesOf(deployed, 'BackgroundTasksEventInvokeConfig')).toMatchObject({
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['FailedTasks', 'Arn'] } } },
    });
    expect(deployed.Resources['FailedTasks']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    for (const [alarm, MetricName] of [
      ['FailedTasksAlarm', 'ApproximateNumberOfMessagesVisible'],
      ['TasksLostAlarm', 'TasksLost'],
    ] as const) {
      expect(propertiesOf(deployed, alarm)).toMatchObject({ MetricName, AlarmActions: [AlarmTopicArn] });
    }
  },
);
