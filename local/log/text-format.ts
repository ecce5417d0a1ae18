import { billedDuration, runtimeVersion } from './platform-log';
import type { PlatformFailure, PlatformFormat } from './platform-log';

/** The lines of CloudWatch where the function's log format is Text, Lambda's default. */
export const textFormat: PlatformFormat = {
  initStart: (start) => [`INIT_START Runtime Version: ${runtimeVersion(start)}`],

  // An init that went well is in the REPORT of the first invocation.
  initReport: ({ phase, duration, failure }) =>
    failure
      ? [columns([`INIT_REPORT Init Duration: ${milliseconds(duration)}`, `Phase: ${phase}`, ...columnsOf(failure)])]
      : [],

  start: (requestId) => [`START RequestId: ${requestId} Version: $LATEST`],

  failure: (requestId, { errorType, errorMessage }) => {
    const timeout = /Task timed out after .*/.exec(errorMessage)?.[0];
    return timeout ? [`${new Date().toISOString()} ${requestId} ${timeout}`] : [errorMessage, errorType];
  },

  end: (report) => {
    const { requestId, duration, memorySize, maxMemoryUsed, initDuration, failure } = report;
    return [
      `END RequestId: ${requestId}`,
      columns([
        `REPORT RequestId: ${requestId}`,
        `Duration: ${milliseconds(duration)}`,
        `Billed Duration: ${billedDuration(report)} ms`,
        `Memory Size: ${memorySize} MB`,
        ...(maxMemoryUsed === undefined ? [] : [`Max Memory Used: ${maxMemoryUsed} MB`]),
        ...(initDuration === undefined ? [] : [`Init Duration: ${milliseconds(initDuration)}`]),
        ...columnsOf(failure),
      ]),
    ];
  },
};

const columnsOf = (failure?: PlatformFailure): string[] => [
  ...(failure ? [`Status: ${failure.status}`] : []),
  ...(failure?.errorType ? [`Error Type: ${failure.errorType}`] : []),
];

const milliseconds = (value: number): string => `${value.toFixed(2)} ms`;

/** CloudWatch ends each column, the last one too, with a tab. */
const columns = (values: readonly string[]): string => values.map((value) => `${value}\t`).join('');
