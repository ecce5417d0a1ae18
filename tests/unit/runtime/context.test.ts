import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Context } from 'aws-lambda';
import { extendContext } from '../../../runtime/context';
import type { HttpRequest, InvocationRequest } from '../../../runtime';
import { InvocationLog } from '../../../runtime/log/invocation-log';
import { InvocationLogger } from '../../../runtime/log/logger';
import { RecordWriter } from '../../../runtime/log/record-writer';
import { readInvocationEvent } from '../../../runtime/request/invocation-request';
import { BackgroundTasks } from '../../../runtime/tasks/background-tasks';
import { identity } from '../../helpers/identity';

// One of its own each, and V8 keeps every invocation until the next full garbage collection.
test('all contexts have one hidden class', () => {
  expect(haveSameHiddenClass(extended(), extended())).toBe(true);
  const request = readInvocationEvent({ version: '2.0', requestContext: { http: { method: 'GET' } } });
  expect(haveSameHiddenClass(extended(), extended(httpOnly(request)))).toBe(true);
  expect(haveSameHiddenClass(extended(), Object.assign(extended(), { more: 1 }))).toBe(false);
});

function extended(request?: HttpRequest): object {
  const logger = new InvocationLogger(new RecordWriter({}), identity());
  const { signal } = new AbortController();
  return extendContext(new AwsContext(), {
    logger,
    request,
    signal,
    identity: identity(),
    tasks: new BackgroundTasks(signal, () => undefined),
    log: new InvocationLog(new RecordWriter({}), identity()),
    knows: () => false,
    remaining: () => 0,
  });
}

function httpOnly(request: InvocationRequest): HttpRequest | undefined {
  return request.caller === 'http' ? request : undefined;
}

function haveSameHiddenClass(one: object, other: object): unknown {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return runInNewContext('%HaveSameMap(one, other)', { one, other });
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

/** A class, as in the runtime client: contexts share their hidden class before they are extended. */
class AwsContext implements Context {
  callbackWaitsForEmptyEventLoop = true;
  functionName = 'Orders';
  functionVersion = '1';
  invokedFunctionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Orders';
  memoryLimitInMB = '128';
  awsRequestId = 'request-1';
  logGroupName = 'group';
  logStreamName = 'stream';
  getRemainingTimeInMillis = () => 1_000;
  done = () => undefined;
  fail = () => undefined;
  succeed = () => undefined;
}
