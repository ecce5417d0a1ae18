/**
 * List prices of us-east-1 in US dollars, first tier, without the free tier, as AWS published them in 2026.
 *
 * @see https://aws.amazon.com/lambda/pricing/ requests as of September 2026, duration as of May 2026
 * @see https://aws.amazon.com/sqs/pricing/ standard queue, as of June 2026
 * @see https://aws.amazon.com/cloudwatch/pricing/ logs of the standard class, collected
 */
export const awsPrices = {
  lambda: {
    request: 0.2 / 1_000_000,
    gbSecond: { arm64: 0.000_013_333_4, x86_64: 0.000_016_666_7 },
  },
  sqs: { request: 0.4 / 1_000_000 },
  logs: { gb: 0.5 },
} as const;
