import { properties, property } from './read-property';

/**
 * The gateway that sent the event, where it is one that cannot read a streamed response. An HTTP API sends what a Function
 * URL does, but for its domain, stages and routes; an Application Load Balancer what a REST API does. An HTTP API whose
 * stage and route are both `$default`, at a domain of its owner's, cannot be told from a Function URL.
 */
export function gatewayOf(event: unknown): string | undefined {
  const { requestContext, version, httpMethod } = properties(event);
  const { elb, serviceNetworkArn, http, domainName, stage, routeKey } = properties(requestContext);
  if (elb !== undefined) return 'an Application Load Balancer';
  if (serviceNetworkArn !== undefined) return 'VPC Lattice';

  if (version === '1.0' && httpMethod !== undefined) return 'an HTTP API';
  if (version !== '2.0' || http === undefined) return undefined;
  const isHttpApi =
    (typeof domainName === 'string' && domainName.includes('.execute-api.')) || isOther(stage) || isOther(routeKey);
  return isHttpApi ? 'an HTTP API' : undefined;
}

function isOther(name: unknown): boolean {
  return typeof name === 'string' && name !== '$default';
}

/** The AWS service whose event this looks like, undefined where it looks like none. The user's own data is inside of it. */
export function serviceOf(event: unknown): string | undefined {
  const records = property(event, 'Records');
  const record: unknown = Array.isArray(records) ? records[0] : undefined;
  const source = property(record, 'eventSource') ?? property(record, 'EventSource') ?? property(event, 'eventSource');
  if (typeof source === 'string' && /^aws:[\w-]{1,30}$/.test(source)) return source;
  if (typeof property(event, 'detail-type') === 'string') return 'Amazon EventBridge';
  if (property(event, 'awslogs') !== undefined) return 'CloudWatch Logs';
  if (typeof property(event, 'triggerSource') === 'string') return 'Amazon Cognito';
  if (property(property(event, 'requestContext'), 'connectionId') !== undefined) return 'a WebSocket API';
  return undefined;
}
