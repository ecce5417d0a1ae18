import type { IncomingMessage } from 'node:http';
import { type HttpServer, readBody, startHttpServer } from '../../../local/http/server';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const fronts: HttpServer[] = [];

afterAll(async () => {
  await Promise.all(fronts.map((front) => front.close()));
});

/**
 * A server in front of another one. `answer` may wait before or after it passes a request on, or answer by itself; it is called
 * with how many requests there have been. Resolves to its origin.
 */
export async function startFront(
  origin: string,
  answer: (pass: () => Promise<Answer>, request: IncomingMessage, nth: number) => Promise<Answer>,
): Promise<string> {
  let count = 0;
  const front = await startHttpServer(
    (request, response) => {
      const pass = () => passOn(origin, request);
      answer(pass, request, ++count).then(
        ({ status, headers, body }) => response.writeHead(status, headers).end(body),
        (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
      );
    },
    { host: '127.0.0.1', port: 0 },
  );
  fronts.push(front);
  return front.origin;
}

async function passOn(origin: string, request: IncomingMessage): Promise<Answer> {
  const headers = Object.entries(request.headers)
    .filter(([name]) => /^(content-type|authorization|x-amz)/.test(name))
    .map(([name, value]): [string, string] => [name, String(value)]);
  const body = (await readBody(request, Infinity)) ?? null;
  const answer = await fetch(`${origin}${String(request.url)}`, { method: 'POST', headers, body });
  const answered = [...answer.headers].filter(([name]) => /^(content-type|x-amz)/.test(name));
  return { status: answer.status, headers: Object.fromEntries(answered), body: await answer.text() };
}
