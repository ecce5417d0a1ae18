import { readHello } from './read-template';

/** What `Environment.Variables: { VALUE: ... }` of a function is read as, the value given as YAML of one line. */
export async function variableOf(value: string, sections = ''): Promise<string | undefined> {
  const { named } = await readHello(
    `      Handler: app.handler
      Runtime: nodejs24.x
      Environment: { Variables: { VALUE: ${value} } }`,
    sections,
  );
  return named('Hello').environment['VALUE'];
}
