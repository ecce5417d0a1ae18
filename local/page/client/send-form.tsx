import { useState } from 'preact/hooks';
import type { EventFile, EventToSend, FunctionState } from '../state';

interface FormProps {
  readonly functions: readonly FunctionState[];
  readonly eventFiles: readonly EventFile[];
}

/** Sends an event: a file of events/ or a text, by the Function URL or by the Lambda API. */
export function SendForm({ functions, eventFiles }: FormProps) {
  const first = eventFiles.find(({ name }) => name === 'hello.json') ?? eventFiles[0];
  const [wantedName, setWantedName] = useState('');
  // They may become more, and others when the local Lambda has been started again.
  const chosen = functions.find(({ name }) => name === wantedName) ?? functions[0];
  const functionName = chosen?.name ?? '';
  const hasUrl = chosen?.url !== undefined;
  const [wanted, setWanted] = useState<EventToSend['by']>('url');
  const by = wanted === 'url' && !hasUrl ? 'api' : wanted;
  const [file, setFile] = useState(first?.name ?? '');
  const [payload, setPayload] = useState(first?.content.trim() ?? '{}');
  const [problem, setProblem] = useState('');

  const onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    // The newest is looked at, which is to be this one.
    if (location.hash !== '') location.hash = '';
    post({ functionName, by, payload }).then(setProblem, (reason: unknown) => {
      setProblem(String(reason));
    });
  };

  return (
    <form class="panel send" aria-labelledby="send" onSubmit={onSubmit}>
      <h2 id="send">Send an event</h2>
      <div class="fields">
        {functions.length > 1 && (
          <label>
            <span>Function</span>
            <select
              value={functionName}
              onChange={({ currentTarget }) => {
                setWantedName(currentTarget.value);
              }}
            >
              {functions.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
        <label>
          <span>By</span>
          <select
            value={by}
            onChange={({ currentTarget: { value } }) => {
              setWanted(value === 'url' || value === 'event' ? value : 'api');
            }}
          >
            {hasUrl && <option value="url">Function URL</option>}
            <option value="api">Lambda API</option>
            <option value="event">Lambda API, async</option>
          </select>
        </label>
        {eventFiles.length > 0 && (
          <label>
            <span>Event</span>
            <select
              value={eventFiles.some(({ name }) => name === file) ? file : ''}
              onChange={({ currentTarget: { value } }) => {
                setFile(value);
                setPayload(eventFiles.find(({ name }) => name === value)?.content.trim() ?? payload);
              }}
            >
              <option value="">your own text</option>
              {eventFiles.map(({ name }) => (
                <option key={name} value={name}>{`events/${name}`}</option>
              ))}
            </select>
          </label>
        )}
      </div>
      <label>
        <span class="only-read">Event, as text</span>
        <textarea
          rows={3}
          spellcheck={false}
          value={payload}
          onInput={({ currentTarget }) => {
            setPayload(currentTarget.value);
            setFile('');
          }}
        />
      </label>
      <div class="send-foot">
        <button type="submit">Send</button>
        <p class="problem" role="alert">
          {problem}
        </p>
      </div>
    </form>
  );
}

/** Resolves to what is wrong; to nothing where the event is on its way. */
async function post(event: EventToSend): Promise<string> {
  const response = await fetch('/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  return response.ok ? '' : await response.text();
}
