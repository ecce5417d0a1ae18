/** Answers nothing: what Node.js and the runtime client take before any code of a function, in a cold start and in each event. */
export const handler = awslambda.streamifyResponse((_event, responseStream) => {
  responseStream.end();
  return Promise.resolve();
});
