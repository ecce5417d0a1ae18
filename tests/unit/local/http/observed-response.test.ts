import { text } from 'node:stream/consumers';
import type { ObservedResponse } from '../../../../local/http/observed-response';
import { startHttpServer } from '../../../../local/http/server';

/** Answers by `respond`. Resolves to what the client and the listener of the response have received. */
async function exchange(respond: (response: ObservedResponse) => void): Promise<{ sent: string; observed: string[] }> {
  const observed: string[] = [];
  const server = await startHttpServer(
    (_request, response) => {
      response.onChunk = (chunk) => observed.push(Buffer.from(chunk).toString());
      respond(response);
    },
    { host: '127.0.0.1', port: 0 },
  );
  try {
    const { body } = await fetch(server.origin);
    return { sent: body === null ? '' : await text(body), observed };
  } finally {
    await server.close();
  }
}

const ways: Record<string, (response: ObservedResponse) => void> = {
  'text, then bytes': (response) => {
    response.write('one ');
    response.end(Buffer.from('two'));
  },
  'an encoding': (response) => {
    response.write('6f6e6520', 'hex');
    response.end('dHdv', 'base64');
  },
  'what is to be called when it is written': (response) => {
    response.write('one ', () => response.end('two', 'utf8', () => undefined));
  },
  'what is to be called, after an encoding or none': (response) => {
    response.write('one ', undefined, () => response.write('two', 'utf8', () => response.end(() => undefined)));
  },
};

for (const [name, respond] of Object.entries(ways)) {
  test(`the listener of a response has what its caller has: ${name}`, async () => {
    const { sent, observed } = await exchange(respond);
    expect(sent).toBe('one two');
    expect(observed.join('')).toBe('one two');
  });
}
