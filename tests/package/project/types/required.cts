import background = require('background-tasks');
import testing = require('background-tasks/testing');

export const runtime: typeof background.LambdaRuntime = background.LambdaRuntime;
export const outcome = (report: testing.InvocationReport): background.Outcome => report.handler;
