import { readHello } from '../../../helpers/read-template';

const eventConfig = async (config: string) => {
  const { named } = await readHello(
    `      Runtime: nodejs24.x
      Handler: app.handler
      EventInvokeConfig: ${config}
  Topic: { Type: AWS::SNS::Topic }
  NamedQueue: { Type: AWS::SQS::Queue, Properties: { QueueName: letters } }`,
  );
  return named('Hello').eventConfigs[0];
};

test('an EventInvokeConfig is read whole', async () => {
  const onSuccess = 'OnSuccess: { Type: SNS, Destination: "arn:aws:sns:eu-west-1:1:topic" }';
  const onFailure = 'OnFailure: { Type: SQS, Destination: "arn:aws:sqs:eu-west-1:1:queue" }';
  const destinations = `DestinationConfig: { ${onSuccess}, ${onFailure} }`;
  const config = `{ MaximumRetryAttempts: 1, MaximumEventAgeInSeconds: 60, ${destinations} }`;
  expect(await eventConfig(config)).toEqual({
    qualifier: '$LATEST',
    eventRetries: 1,
    eventAge: 60,
    onSuccess: 'arn:aws:sns:eu-west-1:1:topic',
    onFailure: 'arn:aws:sqs:eu-west-1:1:queue',
  });
});

test.each([
  ['{ Type: SQS, Destination: !GetAtt Queue.Arn }', 'arn:aws:sqs:eu-north-1:123456789012:Queue'],
  ['{ Type: SQS, Destination: !GetAtt NamedQueue.Arn }', 'arn:aws:sqs:eu-north-1:123456789012:letters'],
  ['{ Type: SQS }', 'arn:aws:sqs:eu-north-1:123456789012:HelloEventInvokeConfigOnFailureQueue'],
  ['{ Type: SNS, Destination: !Ref Topic }', 'arn:aws:sns:eu-north-1:123456789012:Topic'],
  ['{ Type: SNS }', 'arn:aws:sns:eu-north-1:123456789012:HelloEventInvokeConfigOnFailureTopic'],
  ['{ Type: Lambda, Destination: !GetAtt Other.Arn }', 'arn:aws:lambda:eu-north-1:123456789012:function:Other'],
  ['{ Type: EventBridge, Destination: !GetAtt Bus.Arn }', 'arn:aws:events:eu-north-1:123456789012:event-bus/Bus'],
  ['{ Type: S3Bucket, Destination: !GetAtt Bucket.Arn }', 'arn:aws:s3:::Bucket'],
])('the destination %s has an ARN before it is deployed', async (destination, arn) => {
  expect(await eventConfig(`{ DestinationConfig: { OnFailure: ${destination} } }`)).toMatchObject({ onFailure: arn });
});

test.each([
  ['{ MaximumEventAgeInSeconds: 59 }', 'MaximumEventAgeInSeconds: expected a whole number from 60 to 21600'],
  ['{ DestinationConfig: { OnFailure: { Type: Kinesis } } }', 'OnFailure.Type: expected SQS or SNS or Lambda'],
  ['{ DestinationConfig: { OnFailure: {} } }', 'OnFailure.Type: expected SQS or SNS or Lambda'],
  ['{ DestinationConfig: { OnSuccess: { Type: Lambda } } }', 'OnSuccess.Destination: expected an ARN'],
])('an EventInvokeConfig that AWS would refuse is refused: %s', async (config, message) => {
  await expect(eventConfig(config)).rejects.toThrow(message);
});

test('SAM’s are for the alias that it makes', async () => {
  expect(await eventConfig('{ MaximumRetryAttempts: 0 }\n      AutoPublishAlias: live')).toEqual({
    qualifier: 'live',
    eventRetries: 0,
  });
});

test('an AWS::Lambda::EventInvokeConfig has no Type: the resource tells it', async () => {
  const { named } = await readHello(`      Runtime: nodejs24.x
      Handler: app.handler
  Queue: { Type: AWS::SQS::Queue }
  Settings:
    Type: AWS::Lambda::EventInvokeConfig
    Properties:
      FunctionName: !Ref Hello
      Qualifier: $LATEST
      DestinationConfig: { OnFailure: { Destination: !GetAtt Queue.Arn } }`);
  expect(named('Hello').eventConfigs).toEqual([
    { qualifier: '$LATEST', onFailure: 'arn:aws:sqs:eu-north-1:123456789012:Queue' },
  ]);
});
