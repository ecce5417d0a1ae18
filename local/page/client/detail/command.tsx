import { useState } from 'preact/hooks';

/** The line that repeats the request in a shell, to be copied. */
export function Command({ command }: { readonly command: string }) {
  const [copied, setCopied] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(command).then(
      () => {
        setCopied('Copied');
      },
      () => {
        setCopied('The browser does not allow it');
      },
    );
  };
  return (
    <section class="command" aria-labelledby="repeat">
      <header>
        <h3 id="repeat">Repeat it</h3>
        <button type="button" class="quiet" onClick={copy}>
          Copy
        </button>
        <span role="status">{copied}</span>
      </header>
      <pre tabIndex={0}>{command}</pre>
    </section>
  );
}
