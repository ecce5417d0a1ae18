import { resolveMap } from './cloudformation/intrinsics';
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

const types = ['SQS', 'SNS', 'Lambda', 'EventBridge', 'S3Bucket'] as const;

/** Of each type: which resource it is, what names one in the template, what its ARN begins with, what SAM makes itself. */
const kinds = {
  SQS: {
    resource: 'AWS::SQS::Queue',
    nameProperty: 'QueueName',
    arn: 'arn:aws:sqs:${Region}:${Account}:',
    made: 'Queue',
  },
  SNS: {
    resource: 'AWS::SNS::Topic',
    nameProperty: 'TopicName',
    arn: 'arn:aws:sns:${Region}:${Account}:',
    made: 'Topic',
  },
  Lambda: {
    resource: 'AWS::Lambda::Function',
    nameProperty: 'FunctionName',
    arn: 'arn:aws:lambda:${Region}:${Account}:function:',
    made: undefined,
  },
  EventBridge: {
    resource: 'AWS::Events::EventBus',
    nameProperty: 'Name',
    arn: 'arn:aws:events:${Region}:${Account}:event-bus/',
    made: undefined,
  },
  S3Bucket: { resource: 'AWS::S3::Bucket', nameProperty: 'BucketName', arn: 'arn:aws:s3:::', made: undefined },
} as const;

/** @param prefix begins the logical id of what SAM makes */
function destinationArn(destination: PropertyReader, prefix: string, scope: Scope): string {
  const text = destination.textOrPlaceholder('Destination');
  if (text?.startsWith('arn:')) return text;
  const resource = resourceNamed(text?.replace(/\.\w+$/, ''), scope);
  // Only SAM has a Type: CloudFormation knows it by the ARN.
  const type =
    destination.oneOf('Type', types) ??
    types.find((known) => kinds[known].resource === resource.type) ??
    destination.fail('Type', types.join(' or '), 'none');
  const { nameProperty, arn, made } = kinds[type];
  const logicalId =
    resource.logicalId ?? (made && `${prefix}${made}`) ?? destination.fail('Destination', 'an ARN', 'none');
  const { entries } = resource.properties;
  const name = entries.get(nameProperty);
  return arnIn(scope, arn) + (name?.kind === 'scalar' || name?.kind === 'unresolved' ? name.text : logicalId);
}

function resourceNamed(logicalId: string | undefined, scope: Scope) {
  const node = logicalId === undefined ? undefined : scope.resources.get(logicalId);
  const map = node?.kind === 'map' ? node : mapNode([], '');
  const type = map.entries.get('Type');
  return { logicalId, type: type && textOf(type), properties: resolveMap(childMap(map, 'Properties'), scope) };
}

const arnIn = (scope: Scope, arn: string): string =>
  arn.replace('${Region}', valueOf('AWS::Region', scope)).replace('${Account}', valueOf('AWS::AccountId', scope));

function valueOf(parameter: string, { parameters }: Scope): string {
  const value = parameters.get(parameter);
  return value ? textOf(value) : '';
}
