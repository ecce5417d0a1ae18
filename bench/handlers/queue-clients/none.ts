import { answerAfter } from './answer-after';

/** Queues nothing: what the others are compared with. */
export const handler = answerAfter(() => Promise.resolve());
