/** Price of one unit of an item. */
export interface Price {
  readonly service: string;
  readonly item: string;
  /** Unit that is counted. */
  readonly unit: string;
  /** US dollars for each unit; free tiers and volume discounts aside. */
  readonly dollars: number;
}

/**
 * Prices in us-east-1, without tax, as of 2026-11; other regions differ.
 * Step Functions: https://aws.amazon.com/step-functions/pricing/. Lambda: https://aws.amazon.com/lambda/pricing/.
 * S3 Standard: https://aws.amazon.com/s3/pricing/. Those of Express duration, Lambda and S3 were taken from third
 * parties that quote AWS: look them up before you rely on them.
 */
export const prices = {
  standardTransitions: {
    service: 'Step Functions',
    item: 'Standard, state transitions',
    unit: 'transition',
    dollars: 0.000_025,
  },
  expressRequests: { service: 'Step Functions', item: 'Express, requests', unit: 'request', dollars: 0.000_001 },
  expressDuration: { service: 'Step Functions', item: 'Express, duration', unit: 'GB-second', dollars: 0.000_016_67 },
  lambdaRequests: { service: 'Lambda', item: 'requests', unit: 'request', dollars: 0.000_000_2 },
  lambdaArmDuration: { service: 'Lambda', item: 'duration, arm64', unit: 'GB-second', dollars: 0.000_013_333_4 },
  lambdaX86Duration: { service: 'Lambda', item: 'duration, x86', unit: 'GB-second', dollars: 0.000_016_666_7 },
  s3Get: { service: 'S3', item: 'GET requests', unit: 'request', dollars: 0.000_000_4 },
  s3Put: { service: 'S3', item: 'PUT and LIST requests', unit: 'request', dollars: 0.000_005 },
} as const satisfies Readonly<Record<string, Price>>;

/** Express workflows are billed in steps of this duration (https://aws.amazon.com/step-functions/pricing/). */
export const expressStepMilliseconds = 100;
/** Express workflows are billed in steps of this memory; the payloads of a batch fit into one. */
export const expressStepMegabytes = 64;
