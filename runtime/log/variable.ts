/** What a variable says. One that is set to nothing, as a template does with an empty parameter, is not set. */
export function textIn(variable: string | undefined): string | undefined {
  const text = variable?.trim();
  return text === '' ? undefined : text;
}
