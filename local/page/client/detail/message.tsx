import type { BodyState, Header } from '../../state';
import { bytes, count } from '../format';

interface MessageProps {
  readonly name: 'Request' | 'Response';
  /** Method and path, or status. */
  readonly head: string;
  readonly message: { readonly headers: readonly Header[]; readonly body: BodyState };
}

/** A request or a response: its head, its headers, its body as JSON, as text or as a size. */
export function Message({ name, head, message: { headers, body } }: MessageProps) {
  return (
    <section class="message" aria-label={name}>
      <h3>{name}</h3>
      <p class="message-head">{head}</p>
      <Body body={body} />
      <details>
        <summary>{count(headers.length, 'header')}</summary>
        <dl class="headers">
          {headers.map(([header, value], index) => (
            <div key={index}>
              <dt>{header}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function Body({ body: { bytes: size, text, dropped } }: { readonly body: BodyState }) {
  if (size === 0) return <p class="note">No body.</p>;
  if (text === undefined) return <p class="note">{`${bytes(size)} that are no text.`}</p>;
  return (
    <>
      <pre tabIndex={0}>{pretty(text)}</pre>
      {dropped > 0 && <p class="note">{`${bytes(size)}; the last ${bytes(dropped)} were not kept.`}</p>}
    </>
  );
}

/** JSON of a moderate size is laid out; all else is shown as it came. */
function pretty(text: string): string {
  if (text.length > 100_000 || !/^\s*[{[]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
