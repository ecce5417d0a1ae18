// A runtime client that does nothing: it answers each event with the bytes that every contender must answer with. What it
// takes is what the clock's own side of the connection takes, which is in every number.
'use strict';
const { connect } = require('node:net');

const host = process.env.AWS_LAMBDA_RUNTIME_API;
const [hostname, port] = host.split(':');
const invocation = '/2018-06-01/runtime/invocation';
const prelude = '{"statusCode":200,"headers":{"content-type":"application/json"}}';
const body = `${prelude}${'\0'.repeat(8)}{"echoedMessage":"Hello"}`;

const next = `GET ${invocation}/next HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
const response = `POST ${invocation}/constant/response HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

// Each answer of the Runtime API, an event or a 202, comes in one piece: they are small.
let isEvent = true;
const socket = connect(Number(port), hostname, () => socket.setNoDelay(true).write(next));
socket.on('data', () => {
  socket.write(isEvent ? response : next);
  isEvent = !isEvent;
});
