import type { FunctionDefinition } from './definition';
import { resolveMap } from './cloudformation/intrinsics';
import { childMap, textOf } from './cloudformation/nodes';
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

/** What names a resource of each type in the template, and its ARN; `place` is a region and an account. */
const kinds = {
  SQS: { nameProperty: 'QueueName', arn: (place: string, name: string) => `arn:aws:sqs:${place}:${name}` },
  SNS: { nameProperty: 'TopicName', arn: (place: string, name: string) => `arn:aws:sns:${place}:${name}` },
  Lambda: {
    nameProperty: 'FunctionName',
    arn: (place: string, name: string) => `arn:aws:lambda:${place}:function:${name}`,
  },
  EventBridge: {
    nameProperty: 'Name',
    arn: (place: string, name: string) => `arn:aws:events:${place}:event-bus/${name}`,
  },
  S3Bucket: { nameProperty: 'BucketName', arn: (_: string, name: string) => `arn:aws:s3:::${name}` },
} as const;

const types = ['SQS', 'SNS', 'Lambda', 'EventBridge', 'S3Bucket'] as const;

/** @param prefix begins the logical id of the queue, or topic, that SAM makes where the template names no Destination */
function destinationArn(destination: PropertyReader, prefix: string, scope: Scope): string {
  const type = destination.oneOf('Type', types) ?? destination.fail('Type', types.join(' or '), 'none');
  const text = destination.textOrPlaceholder('Destination');
  if (text?.startsWith('arn:')) return text;
  const madeBySam = type === 'SQS' ? `${prefix}Queue` : type === 'SNS' ? `${prefix}Topic` : undefined;
  const logicalId = text?.replace(/\.\w+$/, '') ?? madeBySam ?? destination.fail('Destination', 'an ARN', 'none');
  const { nameProperty, arn } = kinds[type];
  const [region, account] = ['AWS::Region', 'AWS::AccountId'].map((name) => scope.parameters.get(name));
  const place = [region, account].map((node) => (node ? textOf(node) : '')).join(':');
  return arn(place, ownName(logicalId, nameProperty, scope) ?? logicalId);
}

function ownName(logicalId: string, property: string, scope: Scope): string | undefined {
  const resource = scope.resources.get(logicalId);
  if (resource?.kind !== 'map') return undefined;
  const name = resolveMap(childMap(resource, 'Properties'), scope).entries.get(property);
  return name?.kind === 'scalar' || name?.kind === 'unresolved' ? name.text : undefined;
}
