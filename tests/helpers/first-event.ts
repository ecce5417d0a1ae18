/** The data of the first event of a stream. */
export async function firstEvent(url: string): Promise<string> {
  const aborting = new AbortController();
  const response = await fetch(url, { signal: aborting.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (/\ndata: .*\n\n/.test(text)) break;
  }
  aborting.abort();
  return /\ndata: (.*)\n\n/.exec(text)?.[1] ?? '';
}
