import type { PropertyReader } from './property-reader';

export interface FunctionProperties {
  readonly properties: PropertyReader;
  readonly metadata: PropertyReader;
}

/** Why a function cannot run here; undefined when it can. Fails where a property that decides it is not known locally. */
export function whyNotHere({ properties, metadata }: FunctionProperties): string | undefined {
  const packageType = properties.text('PackageType') ?? (properties.has('ImageUri') ? 'Image' : 'Zip');
  if (packageType !== 'Zip') return `its PackageType is ${packageType}, and only Zip runs locally`;
  const runtime = properties.required('Runtime');
  if (!runtime.startsWith('nodejs')) return `its Runtime is ${runtime}, and only Node.js runs locally`;
  const isInline =
    properties.has('InlineCode') || (properties.isMap('Code') && properties.nested('Code')?.has('ZipFile'));
  if (isInline) return 'its code is inline, and only code in a folder runs locally';
  const code = codeFolder({ properties, metadata });
  if (code === undefined) return 'its code is in S3, and only code in a folder runs locally';
  return /\.(zip|jar)$/.test(code) ? `its code is ${code}, and only code in a folder runs locally` : undefined;
}

/**
 * The folder of a function's code, as the template writes it: CodeUri, the Code of an AWS::Lambda::Function where that is
 * a path, or what the CDK says of an asset in the Metadata. Undefined for code that is somewhere else.
 */
export function codeFolder({ properties, metadata }: FunctionProperties): string | undefined {
  if (metadata.text('aws:asset:property') === 'Code') return metadata.text('aws:asset:path');
  const property = properties.has('Code') ? 'Code' : 'CodeUri';
  const uri = properties.isMap(property) ? undefined : (properties.text(property) ?? '.');
  return uri?.startsWith('s3://') ? undefined : uri;
}
