import { property } from './property';

/**
 * The gateway that sent the event, where it is one that cannot read a streamed response. An HTTP API sends what a Function
 * URL does, but for its domain, stages and routes; an Application Load Balancer what a REST API does. An HTTP API whose
 * stage and route are both `$default`, at a domain of its owner's, cannot be told from a Function URL.
 */
export function gatewayOf(event: unknown): string | undefined {
  const context = property(event, 'requestContext');
  if (property(context, 'elb') !== undefined) return 'an Application Load Balancer';
  if (property(context, 'serviceNetworkArn') !== undefined) return 'VPC Lattice';

  const version = property(event, 'version');
  if (version === '1.0' && property(event, 'httpMethod') !== undefined) return 'an HTTP API';
  if (version !== '2.0' || property(context, 'http') === undefined) return undefined;
  const domain = property(context, 'domainName');
  const isHttpApi =
    (typeof domain === 'string' && domain.includes('.execute-api.')) ||
    isOther(property(context, 'stage')) ||
    isOther(property(context, 'routeKey'));
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
