/** Metrics of one record: counts, and durations in milliseconds. */
export interface MetricValues {
  readonly counts: Readonly<Record<string, number>>;
  readonly milliseconds?: Readonly<Record<string, number>>;
}

/**
 * The values as keys of a log record, and `_aws`, by which CloudWatch knows them for metrics (AWS: "Embedded metric
 * format specification"). They have two dimensions, the keys `service` and `function_name` of the same record, and no
 * more: each request id or task would make, and be billed as, a metric of its own.
 */
export function embeddedMetrics(
  namespace: string,
  { counts, milliseconds = {} }: MetricValues,
): Readonly<Record<string, unknown>> {
  return {
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: namespace,
          Dimensions: [['service', 'function_name']],
          Metrics: [...definitions(counts, 'Count'), ...definitions(milliseconds, 'Milliseconds')],
        },
      ],
    },
    ...counts,
    ...milliseconds,
  };
}

function definitions(values: Readonly<Record<string, number>>, unit: 'Count' | 'Milliseconds') {
  return Object.keys(values).map((name) => ({ Name: name, Unit: unit }));
}
