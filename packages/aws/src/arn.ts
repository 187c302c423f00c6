/** The account that an ARN names; empty for ARNs without one, such as those of buckets. */
export const accountOf = (arn: string): string => arn.split(':')[4] ?? '';
