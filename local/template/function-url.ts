import type { Scope } from './cloudformation/scope';
import type { CorsDefinition, FunctionUrlDefinition } from './definition';
import { functionArn } from './function-arn';
import type { DeclaredFunction } from './declared-function';
import type { PropertyReader } from './property-reader';
import type { ResourceOfFunction } from './resource-of-function';
import type { Resource } from './resource';

/** A Function URL that is to be served here: what there is to know of it before its address is known. */
export interface DeclaredUrl {
  readonly logicalId: string;
  readonly function: DeclaredFunction;
  /** The alias of the function that it calls. */
  readonly qualifier: string | undefined;
  readonly resource: Resource;
  /** Where in the resource's properties its own are; they are these properties themselves by default. */
  readonly property?: string;
}

/** The AWS::Lambda::Url that SAM makes of a FunctionUrlConfig: it calls the alias, where there is one. */
export function urlOfConfig(owner: DeclaredFunction): DeclaredUrl | undefined {
  const { logicalId, alias, resource, hasUrlConfig } = owner;
  if (!hasUrlConfig) return undefined;
  const property = 'FunctionUrlConfig';
  return { logicalId: `${logicalId}Url`, function: owner, qualifier: alias, resource, property };
}

/** An AWS::Lambda::Url of the template. */
export function urlOfResource({ resource, ...owned }: ResourceOfFunction): DeclaredUrl {
  return { logicalId: resource.logicalId, resource, ...owned };
}

/** Reads all of it. Fails where a property is not as expected. */
export function readUrl(url: DeclaredUrl, scope: Scope): FunctionUrlDefinition {
  const all = url.resource.properties(scope);
  const properties = url.property === undefined ? all : all.nestedOrEmpty(url.property);
  const authType = properties.oneOf('AuthType', ['AWS_IAM', 'NONE']);
  const cors = properties.nested('Cors');
  return {
    logicalId: url.logicalId,
    functionId: url.function.logicalId,
    ...(url.qualifier !== undefined && { qualifier: url.qualifier }),
    authType: authType ?? properties.fail('AuthType', 'AWS_IAM or NONE', 'none'),
    invokeMode: properties.oneOf('InvokeMode', ['BUFFERED', 'RESPONSE_STREAM']) ?? 'BUFFERED',
    ...(cors && { cors: readCors(cors) }),
  };
}

/** What `!Ref` and `!GetAtt` of a URL stand for here. */
export function urlReferences(url: DeclaredUrl, region: string, address: string | undefined): [string, string][] {
  const arn = functionArn(region, url.function.name, url.qualifier);
  const references: [string, string][] = [
    [url.logicalId, arn],
    [`${url.logicalId}.FunctionArn`, arn],
  ];
  return address === undefined ? references : [...references, [`${url.logicalId}.FunctionUrl`, address]];
}

function readCors(cors: PropertyReader): CorsDefinition {
  const maxAge = cors.integer('MaxAge', { min: 0, max: 86_400 });
  return {
    allowCredentials: cors.boolean('AllowCredentials') ?? false,
    allowHeaders: cors.texts('AllowHeaders') ?? [],
    allowMethods: cors.texts('AllowMethods') ?? [],
    allowOrigins: cors.texts('AllowOrigins') ?? [],
    exposeHeaders: cors.texts('ExposeHeaders') ?? [],
    ...(maxAge !== undefined && { maxAge }),
  };
}
