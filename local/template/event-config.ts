import { resolveMap } from './cloudformation/intrinsic-functions';
import { childMap, mapNode, textOf } from './cloudformation/nodes';
import type { Scope } from './cloudformation/scope';
import type { EventConfig } from './definition';
import type { PropertyReader } from './property-reader';

export interface EventConfigContext {
  /** Of the function. */
  readonly logicalId: string;
  /** The alias whose invocations are meant; those of the function itself by default. */
  readonly qualifier: string | undefined;
  readonly scope: Scope;
}

/**
 * Reads SAM's EventInvokeConfig, or the properties of an AWS::Lambda::EventInvokeConfig. A destination that only a
 * deployment knows gets the ARN that it would have here, by its name or its logical id.
 */
export function readEventConfig(
  config: PropertyReader,
  { logicalId, qualifier = '$LATEST', scope }: EventConfigContext,
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
    qualifier,
    ...(eventRetries !== undefined && { eventRetries }),
    ...(eventAge !== undefined && { eventAge }),
    ...(onSuccess !== undefined && { onSuccess }),
    ...(onFailure !== undefined && { onFailure }),
  };
}

/** What a resource of each type is, what names it in the template, and its ARN; `place` is a region and an account. */
const kinds = {
  SQS: {
    resource: 'AWS::SQS::Queue',
    nameProperty: 'QueueName',
    arn: (place: string, name: string) => `arn:aws:sqs:${place}:${name}`,
  },
  SNS: {
    resource: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    arn: (place: string, name: string) => `arn:aws:sns:${place}:${name}`,
  },
  Lambda: {
    resource: 'AWS::Lambda::Function',
    nameProperty: 'FunctionName',
    arn: (place: string, name: string) => `arn:aws:lambda:${place}:function:${name}`,
  },
  EventBridge: {
    resource: 'AWS::Events::EventBus',
    nameProperty: 'Name',
    arn: (place: string, name: string) => `arn:aws:events:${place}:event-bus/${name}`,
  },
  S3Bucket: {
    resource: 'AWS::S3::Bucket',
    nameProperty: 'BucketName',
    arn: (_: string, name: string) => `arn:aws:s3:::${name}`,
  },
} as const;

const types = ['SQS', 'SNS', 'Lambda', 'EventBridge', 'S3Bucket'] as const;

/** @param prefix begins the logical id of the queue, or topic, that SAM makes where the template names no Destination */
function destinationArn(destination: PropertyReader, prefix: string, scope: Scope): string {
  const text = destination.textOrPlaceholder('Destination');
  if (text?.startsWith('arn:')) return text;
  const resource = resourceNamed(text?.replace(/\.\w+$/, ''), scope);
  // Only SAM has a Type: CloudFormation knows it by the ARN.
  const type =
    destination.oneOf('Type', types) ??
    types.find((known) => kinds[known].resource === resource.type) ??
    destination.fail('Type', types.join(' or '), 'none');
  const madeBySam = type === 'SQS' ? `${prefix}Queue` : type === 'SNS' ? `${prefix}Topic` : undefined;
  const logicalId = resource.logicalId ?? madeBySam ?? destination.fail('Destination', 'an ARN', 'none');
  const { nameProperty, arn } = kinds[type];
  const [region, account] = ['AWS::Region', 'AWS::AccountId'].map((name) => scope.parameters.get(name));
  const place = [region, account].map((node) => (node ? textOf(node) : '')).join(':');
  const name = resource.properties.entries.get(nameProperty);
  return arn(place, name?.kind === 'scalar' || name?.kind === 'unresolved' ? name.text : logicalId);
}

function resourceNamed(logicalId: string | undefined, scope: Scope) {
  const node = logicalId === undefined ? undefined : scope.resources.get(logicalId);
  const map = node?.kind === 'map' ? node : mapNode([], '');
  const type = map.entries.get('Type');
  return { logicalId, type: type && textOf(type), properties: resolveMap(childMap(map, 'Properties'), scope) };
}
