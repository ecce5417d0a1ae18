/** What a month of Lambda and SQS is made of, in US dollars. */
export interface Prices {
  readonly lambda: {
    readonly request: number;
    readonly gbSecond: Readonly<Record<Architecture, number>>;
  };
  readonly sqs: { readonly request: number };
}

export type Architecture = 'arm64' | 'x86_64';

/**
 * List prices of us-east-1, first tier, without the free tier, as AWS published them in 2026.
 *
 * @see https://aws.amazon.com/lambda/pricing/ $0.20 a million requests (as of September 2026); a GB-second $0.0000133334
 *   on Arm, $0.0000166667 on x86 (as of May 2026)
 * @see https://aws.amazon.com/sqs/pricing/ $0.40 a million requests to a standard queue (as of June 2026)
 */
export const listPrices: Prices = {
  lambda: {
    request: 0.2 / 1_000_000,
    gbSecond: { arm64: 0.000_013_333_4, x86_64: 0.000_016_666_7 },
  },
  sqs: { request: 0.4 / 1_000_000 },
};
