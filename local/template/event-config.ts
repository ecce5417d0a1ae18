import type { FunctionDefinition } from './definition';
import { resolveMap } from './cloudformation/intrinsics';
import { childMap, scalarNode, textOf } from './cloudformation/nodes';
import type { PropertyReader } from './property-reader';
import type { Scope } from './cloudformation/scope';

type EventConfig = Pick<FunctionDefinition, 'eventRetries' | 'eventAge' | 'onSuccess' | 'onFailure'>;

/**
 * Reads an EventInvokeConfig. A destination that only a deployment knows gets the ARN that it would have here, by its
 * name or its logical id.
 */
export function readEventConfig(
  config: PropertyReader,
  { logicalId, scope }: { logicalId: string; scope: Scope },
): EventConfig {
  const eventRetries = config.integer('MaximumRetryAttempts', { min: 0, max: 2 });
  const eventAge = config.integer('MaximumEventAgeInSeconds', { min: 60, max: 21_600 });
  const destinations = config.nested('DestinationConfig');
  const arnOf = (event: 'OnSuccess' | 'OnFailure'): string | undefined => {
    const destination = destinations?.nested(event);
    return destination && destinationArn(destination, `${logicalId}EventInvokeConfig${event}`, scope);
  };
  const onSuccess = arnOf('OnSuccess');
  const onFailure = arnOf('OnFailure');
  return {
    ...(eventRetries !== undefined && { eventRetries }),
    ...(eventAge !== undefined && { eventAge }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
  };
}

/** What names a resource of each type in the template, and what its ARN begins with. */
const kinds = {
  SQS: { nameProperty: 'QueueName', arn: 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:' },
  SNS: { nameProperty: 'TopicName', arn: 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:' },
  Lambda: { nameProperty: 'FunctionName', arn: 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:' },
  EventBridge: { nameProperty: 'Name', arn: 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/' },
  S3Bucket: { nameProperty: 'BucketName', arn: 'arn:aws:s3:::' },
} as const;

/** Of these SAM makes one where the template names no Destination. */
const madeBySam = {
  SQS: 'Queue',
  SNS: 'Topic',
  Lambda: undefined,
  EventBridge: undefined,
  S3Bucket: undefined,
} as const;

/** @param prefix begins the logical id of what SAM makes */
function destinationArn(destination: PropertyReader, prefix: string, scope: Scope): string {
  const types = ['SQS', 'SNS', 'Lambda', 'EventBridge', 'S3Bucket'] as const;
  const type = destination.oneOf('Type', types) ?? destination.fail('Type', types.join(' or '), 'none');
  const text = destination.textOrPlaceholder('Destination');
  if (text?.startsWith('arn:')) return text;
  const made = madeBySam[type];
  if (text === undefined && made === undefined) return destination.fail('Destination', 'an ARN', 'none');
  const logicalId = text?.replace(/\.\w+$/, '') ?? `${prefix}${String(made)}`;
  const { nameProperty, arn } = kinds[type];
  const name = ownName(logicalId, nameProperty, scope) ?? logicalId;
  return (
    arn.replace(/\$\{(.+?)\}/g, (_, parameter: string) =>
      textOf(scope.parameters.get(parameter) ?? scalarNode('', destination.at)),
    ) + name
  );
}

function ownName(logicalId: string, property: string, scope: Scope): string | undefined {
  const resource = scope.resources.get(logicalId);
  if (resource?.kind !== 'map') return undefined;
  const name = resolveMap(childMap(resource, 'Properties'), scope).entries.get(property);
  return name?.kind === 'scalar' || name?.kind === 'unresolved' ? name.text : undefined;
}
