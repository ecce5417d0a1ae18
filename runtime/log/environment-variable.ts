/** The value of a variable. Undefined where it is not set, or is empty, as an empty parameter of a template leaves it. */
export function textIn(variable: string | undefined): string | undefined {
  const text = variable?.trim();
  return text === '' ? undefined : text;
}
