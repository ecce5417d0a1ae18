import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type InferOutput, looseObject, object, optional, parse, record, string, unknown } from 'valibot';

const Resource = looseObject({ Type: string(), Properties: optional(record(string(), unknown()), {}) });
const Template = looseObject({
  Parameters: optional(record(string(), unknown()), {}),
  Resources: record(string(), Resource),
  Outputs: record(string(), looseObject({ Value: unknown() })),
});
export type Template = InferOutput<typeof Template>;

/** What cloudformation.py prints. */
const Deployment = object({ transformed: Template, deployed: Template });
export type Deployment = InferOutput<typeof Deployment>;

/** What CloudFormation would deploy of a SAM template, given these parameters and the defaults of the others. */
export async function deployment(
  python: string,
  template: string,
  parameters: Readonly<Record<string, string | number>> = {},
): Promise<Deployment> {
  const overrides = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const script = join(__dirname, '../python/cloudformation.py');
  const { stdout } = await promisify(execFile)(python, [script, template, ...overrides], { maxBuffer: 10_000_000 });
  return parse(Deployment, JSON.parse(stdout));
}

/** The names of the resources of a type, sorted. */
export function namesOf({ Resources }: Template, type: string): string[] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([name]) => name)
    .sort();
}

export function propertiesOf({ Resources }: Template, name: string): Record<string, unknown> {
  const resource = Resources[name];
  if (resource) return resource.Properties;
  throw new Error(`Expected a resource ${name}, found ${Object.keys(Resources).join(', ')}`);
}
