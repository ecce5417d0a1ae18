/** Never invoked: what a cold start takes before any code of a function. */
export const handler = awslambda.streamifyResponse(() => Promise.resolve());
