import type { Scope } from './cloudformation/scope';
import type { CorsDefinition, FunctionUrlDefinition } from './definition';
import { functionArn } from './function-arn';
import type { FunctionResource } from './function-resource';
import type { PropertyReader } from './property-reader';
import type { Belonging } from './references';
import type { Resource } from './resource';

/** A Function URL that is to be served here: what there is to know of it before its address is known. */
export interface UrlResource {
  readonly logicalId: string;
  readonly function: FunctionResource;
  /** The alias of the function that it calls. */
  readonly qualifier: string | undefined;
  readonly resource: Resource;
  /** Where in the resource's properties its own are; they are these properties themselves by default. */
  readonly property?: string;
}

/** The AWS::Lambda::Url that SAM makes of a FunctionUrlConfig: it calls the alias, where there is one. */
export function urlOfConfig(owner: FunctionResource): UrlResource | undefined {
  const { logicalId, alias, resource, hasUrlConfig } = owner;
  if (!hasUrlConfig) return undefined;
  const property = 'FunctionUrlConfig';
  return { logicalId: `${logicalId}Url`, function: owner, qualifier: alias, resource, property };
}

/** An AWS::Lambda::Url of the template. */
export function urlOfResource({ resource, ...belonging }: Belonging): UrlResource {
  return { logicalId: resource.logicalId, resource, ...belonging };
}

/** Reads all of it. Fails where a property is not as expected. */
export function readUrl(url: UrlResource, scope: Scope): FunctionUrlDefinition {
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
export function urlReferences(url: UrlResource, region: string, address: string | undefined): [string, string][] {
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
