// As on https://middy.js.org/docs/intro/streamify-response, without any middleware.
import middy from '@middy/core';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';

export const handler = middy({ executionMode: executionModeStreamifyResponse }).handler(async (event) => {
  const { message } = JSON.parse(event.body);
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ echoedMessage: message }),
  };
});
