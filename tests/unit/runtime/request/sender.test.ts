import { serviceOf } from '../../../../runtime/request/sender';

test.each<[string, object]>([
  ['Amazon SQS', { Records: [{ eventSource: 'aws:sqs', body: '{}' }] }],
  ['Amazon SNS', { Records: [{ EventSource: 'aws:sns', Sns: {} }] }],
  ['Amazon S3', { Records: [{ eventSource: 'aws:s3', s3: {} }] }],
  ['DynamoDB Streams', { Records: [{ eventSource: 'aws:dynamodb' }] }],
  ['Amazon MSK', { eventSource: 'aws:kafka', records: {} }],
  ['Amazon EventBridge', { 'detail-type': 'Scheduled Event', source: 'aws.events', detail: {} }],
  ['CloudWatch Logs', { awslogs: { data: '' } }],
  ['Amazon Cognito', { triggerSource: 'PreSignUp_SignUp', request: {} }],
  ['a WebSocket API', { requestContext: { connectionId: 'a', routeKey: '$connect' } }],
])('an event of %s', (service, event) => {
  expect(serviceOf(event)).toBe(service);
});

test.each([[null], ['text'], [{}], [{ Records: [] }], [{ Records: [null] }], [{ eventSource: 'mine' }], [[1]]])(
  '%j is of no service that we know',
  (event) => {
    expect(serviceOf(event)).toBeUndefined();
  },
);
