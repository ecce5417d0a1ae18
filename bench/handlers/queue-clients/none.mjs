import { answerAfter } from './answer-after.mjs';

/** Queues nothing: what the others are compared with. */
export const handler = answerAfter(async () => undefined);
