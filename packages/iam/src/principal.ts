import { resourceOf } from './arn-pattern.ts';

/** Who makes a request. */
export type Principal =
  | {
      readonly kind: 'role';
      /** `arn:aws:iam::…:role/…` */
      readonly roleArn: string;
      /** `arn:aws:sts::…:assumed-role/…/…` */
      readonly sessionArn: string;
      readonly account: string;
      /**
       * True if only the session is known, whose ARN lacks the path of its role: `roleArn` is then without it.
       *
       * @default false
       */
      readonly isPathUnknown?: boolean;
    }
  | {
      readonly kind: 'user';
      /** `arn:aws:iam::…:user/…` */
      readonly userArn: string;
      readonly account: string;
    }
  | {
      readonly kind: 'root';
      /** `arn:aws:iam::…:root` */
      readonly rootArn: string;
      readonly account: string;
    }
  | {
      /** A session that an IAM user got with `sts:GetFederationToken`. */
      readonly kind: 'federated user';
      /** `arn:aws:sts::…:federated-user/…` */
      readonly sessionArn: string;
      /** The user who asked for it, if that is known. */
      readonly userArn?: string;
      readonly account: string;
    }
  | {
      /** Someone an identity provider vouches for, who has no AWS credentials yet. */
      readonly kind: 'federated';
      /** `arn:aws:iam::…:oidc-provider/…`, `arn:aws:iam::…:saml-provider/…` or a name such as `accounts.google.com`. */
      readonly provider: string;
    }
  | {
      readonly kind: 'service';
      /** For example `states.amazonaws.com`. */
      readonly service: string;
    }
  | { readonly kind: 'anonymous' };

/** A principal that belongs to an account, and so has policies of its own. */
export type AccountPrincipal = Extract<Principal, { readonly account: string }>;

/** True if the principal belongs to an account. */
export const hasAccount = (principal: Principal): principal is AccountPrincipal => 'account' in principal;

/** True if the principal is a service-linked role (IAM: "Using service-linked roles"). */
export const isServiceLinked = (principal: Principal): boolean =>
  principal.kind === 'role' && resourceOf(principal.roleArn).startsWith('role/aws-service-role/');

/** How sentences speak of a principal. */
export function principalName(principal: Principal): string {
  switch (principal.kind) {
    case 'role':
    case 'user':
      return `${principal.kind} ${identityArn(principal)}`;
    case 'root':
      return `the root user of account ${principal.account}`;
    case 'federated user':
      return `federated user ${principal.sessionArn}`;
    case 'federated':
      return `someone known to ${principal.provider}`;
    case 'service':
      return `service ${principal.service}`;
    case 'anonymous':
      return 'an anonymous caller';
  }
}

/** The ARN that `aws:PrincipalArn` holds: of a session the role's, not the session's. */
export function identityArn(principal: AccountPrincipal): string {
  switch (principal.kind) {
    case 'role':
      return principal.roleArn;
    case 'user':
      return principal.userArn;
    case 'root':
      return principal.rootArn;
    case 'federated user':
      return principal.sessionArn;
  }
}

/** How AWS's own messages name the caller. */
export function callerName(principal: Exclude<Principal, { readonly kind: 'anonymous' }>): string {
  if (principal.kind === 'service') return principal.service;
  if (principal.kind === 'federated') return principal.provider;
  return principal.kind === 'role' ? principal.sessionArn : identityArn(principal);
}

const TYPES = { role: 'AssumedRole', user: 'User', root: 'Account', 'federated user': 'FederatedUser' } as const;

/** The value of `aws:PrincipalType` (AWS: "Principal key values"). */
export const principalType = ({ kind }: AccountPrincipal): string => TYPES[kind];
