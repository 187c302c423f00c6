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
 * parties that quote AWS: look them up before you rely on them. CloudWatch: https://aws.amazon.com/cloudwatch/pricing/; how
 * alarms are counted: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_billing.html. EventBridge
 * Scheduler: https://aws.amazon.com/eventbridge/pricing/. KMS: https://aws.amazon.com/kms/pricing/.
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
  alarmMetrics: { service: 'CloudWatch', item: 'metrics of alarms', unit: 'metric and month', dollars: 0.1 },
  queriedMetrics: {
    service: 'CloudWatch',
    item: 'metrics that alarms on queries analyze',
    unit: 'metric and month',
    dollars: 0.1,
  },
  compositeAlarms: { service: 'CloudWatch', item: 'composite alarms', unit: 'alarm and month', dollars: 0.5 },
  dashboards: { service: 'CloudWatch', item: 'dashboards', unit: 'dashboard and month', dollars: 3 },
  /** The first 10,000; counted by the hour, and only in hours with data. */
  customMetrics: { service: 'CloudWatch', item: 'own metrics', unit: 'metric and month', dollars: 0.3 },
  logsIngested: { service: 'CloudWatch Logs', item: 'log lines', unit: 'GB', dollars: 0.5 },
  scheduledInvocations: {
    service: 'EventBridge Scheduler',
    item: 'invocations',
    unit: 'invocation',
    dollars: 0.000_001,
  },
  keys: { service: 'KMS', item: 'keys', unit: 'key and month', dollars: 1 },
  s3Get: { service: 'S3', item: 'GET requests', unit: 'request', dollars: 0.000_000_4 },
  s3Put: { service: 'S3', item: 'PUT and LIST requests', unit: 'request', dollars: 0.000_005 },
} as const satisfies Readonly<Record<string, Price>>;

/**
 * Units that are free each month, for the accounts of an organization together (the pages above). Of dashboards those of at
 * most 50 metrics.
 */
export const freeTier: Readonly<Partial<Record<keyof typeof prices, number>>> = {
  lambdaRequests: 1_000_000,
  lambdaArmDuration: 400_000,
  lambdaX86Duration: 400_000,
  alarmMetrics: 10,
  dashboards: 3,
  customMetrics: 10,
  logsIngested: 5,
  scheduledInvocations: 14_000_000,
};

/** Most metrics of a dashboard that may be free. */
export const freeDashboardMetrics = 50;

/** Express workflows are billed in steps of this duration (https://aws.amazon.com/step-functions/pricing/). */
export const expressStepMilliseconds = 100;
/** Express workflows are billed in steps of this memory; the payloads of a batch fit into one. */
export const expressStepMegabytes = 64;
