// Stands in for the compiled addon of aws-lambda-ric (src/native/rapid-client.cc): the same three calls, in JavaScript.
// Preloaded, `node --require rapid-client.cjs aws-lambda-ric/index.mjs`, it takes the addon's place.
'use strict';
const { subscribe } = require('node:diagnostics_channel');
const { Agent, request } = require('node:http');
const Module = require('node:module');
const { Socket } = require('node:net');
const { text } = require('node:stream/consumers');

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (specifier, ...rest) {
  return specifier === './rapid-client.node' ? __filename : resolveFilename.call(this, specifier, ...rest);
};

// None of the function's business, nor of the processes and worker threads that it may start: none of them comes upon it by
// accident. That is no secret, since /proc/self/environ keeps it.
const token = process.env.LOCAL_LAMBDA_TOKEN;
delete process.env.LOCAL_LAMBDA_TOKEN;

// Where there is no shell to watch the lifeline (see spawn.ts), the process does so itself.
if (token && process.platform === 'win32') {
  new Socket({ fd: 3, readable: true })
    .on('close', () => process.kill(process.pid, 'SIGKILL'))
    .resume()
    .unref();
}

// Captured now: a function may put its own `write` in the way.
const { stdout, stderr } = process;
const write = stdout.write;
let marks = 0;

/**
 * The pipe of the log may lag behind the request for the next invocation. A mark in the pipe itself, behind all that the
 * function has written, tells where the invocation's log ends. Resolves to the number of the mark, undefined without one.
 */
const markEndOfLog = () =>
  new Promise((resolve) => {
    if (!token || !stdout.writable) return resolve(undefined);
    const mark = ++marks;
    const writeMark = () => write.call(stdout, `\0${token}:${mark}\0`, (error) => resolve(error ? undefined : mark));
    if (stderr.writable) write.call(stderr, '', writeMark);
    else writeMark();
  });

// The tasks of the library, as they begin and as they settle (see runtime/tasks/task.ts), go the same way: so the live page
// knows them before there is a report, and without one. As many as a report has; a number tells them apart.
const mostTasks = 100;
const numbers = new WeakMap();
let lastNumber = 0;
let tasksLeft = mostTasks;

function tellTask(task) {
  if (!stdout.writable || !isTask(task)) return;
  if (!numbers.has(task) && tasksLeft-- > 0) numbers.set(task, ++lastNumber);
  const number = numbers.get(task);
  const change = { number, name: task.name, outcome: task.report?.outcome };
  if (number !== undefined) write.call(stdout, `\0${token}:${JSON.stringify(change)}\0`);
}

// The function, too, may publish there, and anything: what is no task of the library is none of ours.
const outcomes = [undefined, 'completed', 'failed', 'cut off'];
const isTask = (value) =>
  typeof value === 'object' && typeof value?.name === 'string' && outcomes.includes(value.report?.outcome);

if (token) subscribe('background-tasks:task', tellTask);

const invocation = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const call = (method, path, { body, headers } = {}) =>
  new Promise((resolve, reject) => {
    const exchange = request(`${invocation}/${path}`, { method, agent, headers }, (response) => {
      const { statusCode, headers } = response;
      text(response).then((bodyJson) => resolve({ statusCode, headers, bodyJson }), reject);
    });
    exchange.on('error', reject).end(body);
  });

// The addon posts synchronously and ignores how that went; here the following `next` waits for it.
let posted = Promise.resolve();
const post = (path, body) => {
  posted = call('POST', path, { body, headers: { 'content-type': 'application/json' } }).catch(() => {});
};

module.exports = {
  async next() {
    await posted;
    const mark = await markEndOfLog();
    tasksLeft = mostTasks;
    const headers = { ...(token && { 'local-lambda-token': token }), ...(mark && { 'log-mark': mark }) };
    const { statusCode, ...next } = await call('GET', 'next', { headers });
    if (statusCode !== 200) throw new Error(`Failed to get next invocation, error ${statusCode}`);
    return next;
  },
  done: (id, body) => post(`${id}/response`, body),
  // The third argument, a cause for X-Ray, has no reader here.
  error: (id, body) => post(`${id}/error`, body),
};
