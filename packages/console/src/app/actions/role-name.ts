/** Name of a role in its ARN. */
export const roleName = (arn: string): string => arn.split('/').at(-1) ?? arn;
