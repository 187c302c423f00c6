/** Who makes a request. */
export type Principal =
  | {
      readonly kind: 'role';
      /** `arn:aws:iam::…:role/…` */
      readonly roleArn: string;
      /** `arn:aws:sts::…:assumed-role/…/…` */
      readonly sessionArn: string;
      readonly account: string;
    }
  | {
      readonly kind: 'service';
      /** For example `states.amazonaws.com`. */
      readonly service: string;
    }
  | { readonly kind: 'anonymous' };

/** How sentences speak of a principal. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
      return `role ${principal.roleArn}`;
    case 'service':
      return `service ${principal.service}`;
    case 'anonymous':
      return 'an anonymous caller';
  }
}

/** The condition keys that follow from who asks (AWS: "AWS global condition context keys", properties of the principal). */
export function principalKeys(principal: Principal): Readonly<Record<string, string>> {
  switch (principal.kind) {
    case 'role':
      return {
        'aws:PrincipalArn': principal.roleArn,
        'aws:PrincipalAccount': principal.account,
        'aws:PrincipalType': 'AssumedRole',
        'aws:PrincipalIsAWSService': 'false',
      };
    case 'service':
      return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': principal.service };
    case 'anonymous':
      return {
        'aws:PrincipalAccount': 'anonymous',
        'aws:PrincipalType': 'Anonymous',
        'aws:PrincipalIsAWSService': 'false',
      };
  }
}
