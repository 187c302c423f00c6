/** Tag that every resource of the platform has. IAM knows its keys by it: the ARN of a key holds no name. */
export const platformTag = { key: 'platform', value: 'crosswind' } as const;
