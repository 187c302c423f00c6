import type { Guarded, GuardPolicy, GuardStatement } from './guarded.ts';

/** A person, or a role that people get from their sign-on, who may take the role for emergencies. */
export interface BreakGlassPrincipal {
  /** May hold wildcards: the names of roles of IAM Identity Center end with an id. */
  readonly arn: string;
  readonly account: string;
  readonly kind: 'user' | 'role';
}

/** The principal of an ARN; undefined for one that names no user or role of one account. */
export function breakGlassPrincipal(arn: string, partition: string): BreakGlassPrincipal | undefined {
  const [, found, account = '', kind = '', path = ''] =
    /^arn:([\w-]+):iam::(\d{12}):(user|role)\/([\w+=,.@/*?-]+)$/.exec(arn) ?? [];
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (found !== partition || name.replaceAll(/[*?]/g, '') === '') return undefined;
  return { arn, account, kind: kind === 'user' ? 'user' : 'role' };
}

/**
 * Trust policy of the role for emergencies. A user must have shown MFA. A session of a role carries no MFA
 * (id_credentials_mfa_configure-api-require: `aws:MultiFactorAuthPresent` is absent), so whatever gives people that role
 * has to ask for it.
 */
export function breakGlassTrust(
  { partition, organizationId }: Pick<Guarded, 'partition' | 'organizationId'>,
  principals: readonly BreakGlassPrincipal[],
): GuardPolicy {
  const statement = (kind: BreakGlassPrincipal['kind'], rest: GuardStatement['Condition']) => {
    const named = principals.filter((principal) => principal.kind === kind);
    const accounts = [...new Set(named.map(({ account }) => account))];
    if (named.length === 0) return [];
    return [
      {
        Sid: kind === 'user' ? 'PeopleWithMfa' : 'RolesOfPeople',
        Effect: 'Allow' as const,
        // By a condition: a principal that is created again is another one for IAM.
        Principal: { AWS: accounts.map((account) => `arn:${partition}:iam::${account}:root`) },
        Action: 'sts:AssumeRole',
        Condition: {
          ArnLike: { 'aws:PrincipalArn': named.map(({ arn }) => arn) },
          StringEquals: { 'aws:PrincipalOrgID': organizationId },
          ...rest,
        },
      },
    ];
  };
  return {
    Version: '2012-10-17',
    Statement: [...statement('user', { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), ...statement('role', {})],
  };
}
