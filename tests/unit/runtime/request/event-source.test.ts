import { serviceOf } from '../../../../runtime/request/event-source';

test.each<[string, object]>([
  ['aws:sqs', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
  ['aws:sns', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
  ['aws:s3', { Records: [{ eventSource: 'aws:s3', s3: {} }] }],
  ['aws:dynamodb', { Records: [{ eventSource: 'aws:dynamodb' }] }],
  ['aws:kafka', { eventSource: 'aws:kafka', records: {} }],
  ['Amazon EventBridge', { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }],
  ['CloudWatch Logs', { awslogs: { data: '' } }],
  ['Amazon Cognito', { triggerSource: 'PreSignUp_SignUp', request: {} }],
  ['a WebSocket API', { requestContext: { connectionId: 'a', routeKey: '$connect' } }],
])('an event of %s', (service, event) => {
  expect(serviceOf(event)).toBe(service);
});

test.each([
  [null],
  ['text'],
  [{}],
  [{ Records: [] }],
  [{ Records: [null] }],
  [{ eventSource: 'mine' }],
  [{ eventSource: 'aws:a b' }],
  [[1]],
])('%j is of no service that we know', (event) => {
  expect(serviceOf(event)).toBeUndefined();
});
