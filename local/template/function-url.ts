import type { CorsDefinition, FunctionUrlDefinition } from './definition';
import type { Section } from './section';

/** Reads a FunctionUrlConfig. */
export function readFunctionUrl(url: Section): FunctionUrlDefinition {
  const cors = url.section('Cors');
  return {
    authType: url.oneOf('AuthType', ['AWS_IAM', 'NONE']) ?? url.fail('AuthType', 'AWS_IAM or NONE', 'none'),
    invokeMode: url.oneOf('InvokeMode', ['BUFFERED', 'RESPONSE_STREAM']) ?? 'BUFFERED',
    ...(cors && { cors: readCors(cors) }),
  };
}

function readCors(cors: Section): CorsDefinition {
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
