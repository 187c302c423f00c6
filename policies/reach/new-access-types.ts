/** Difference between two sides of a platform in who may do what. Plain JSON. */
export interface NewAccess {
  /** Everything that becomes possible: each principal, action and resource pattern once. */
  readonly access: readonly AccessChange[];
  /** Roles that are named otherwise; what they may do besides is in `access`. */
  readonly renamed: readonly RenamedRole[];
  /** Everyone who may assume a role or act on a resource by its own policy, on either side. */
  readonly trust: readonly TrustChange[];
}

/** Kinds of principals: `account` stands for everyone whom an account lets do it, `everyone` for any account and no account. */
export type PrincipalKind = 'role' | 'user' | 'account' | 'everyone' | 'service' | 'provider';

/** Something that was not possible before. */
export interface AccessChange {
  readonly kind: PrincipalKind;
  /**
   * ARN of the role or user, `account 222222222222`, `everyone`, a service such as `states.amazonaws.com`, or the name of an
   * identity provider.
   */
  readonly principal: string;
  /** Account of the principal; empty if it has none. */
  readonly account: string;
  /** An action, or a pattern as the policy writes it, such as `s3:Get*`. */
  readonly action: string;
  /** An ARN, or a pattern as the policy writes it. */
  readonly resource: string;
  /** Account that owns the resource; empty if it is not known. */
  readonly resourceAccount: string;
  /** Request that is allowed after, and was not before. */
  readonly request: AskedRequest;
  /** False if it depends on what the templates do not say whether it is allowed after, or was not before. */
  readonly certain: boolean;
  /** Cause of the difference. */
  readonly because: AccessCause;
  /** Policy whose difference makes it possible, for example `policy X of role Y`, `the policy of arn:aws:s3:::b`. */
  readonly policy: string;
  /** Construct path of the role or of the resource that carries the policy; empty for a policy of the organization. */
  readonly path: string;
  /** Calls that are denied before and need this, as `path, part`; empty: called by nobody, remove it. */
  readonly neededBy: readonly string[];
}

/** An allowing statement that is new or wider, or something that denied and is gone or narrower. */
export type AccessCause = 'allowed' | 'no longer denied' | 'boundary removed';

/** A request as it was decided. */
export interface AskedRequest {
  readonly action: string;
  readonly resource: string;
  /** Condition keys that statements ask for. A key that is absent is not sent. */
  readonly context: Readonly<Record<string, string>>;
}

/** The same role under another name. */
export interface RenamedRole {
  /** ARN. */
  readonly before: string;
  /** ARN. */
  readonly after: string;
  /** Construct path after. */
  readonly path: string;
  /** True if `access` has nothing of this role, so that the name is the only difference. */
  readonly sameAccess: boolean;
}

/** One cell of the matrix of trust: someone who may do something by the policy of a role or resource. */
export interface TrustChange {
  readonly change: 'added' | 'removed' | 'changed' | 'same';
  readonly kind: PrincipalKind;
  /** As in `AccessChange`, or the ARN of a session. */
  readonly from: string;
  /** Kind of the account that `from` is in: `workload`, `monitoring`, `pipeline`, …; `other` for one outside of the platform; empty without an account. */
  readonly fromKind: string;
  /** ARN of the role or resource. */
  readonly to: string;
  /** Kind of the account of `to`. */
  readonly toKind: string;
  /** Account of `to`. */
  readonly toAccount: string;
  /** Actions as the statements write them, sorted. */
  readonly actions: readonly string[];
  /**
   * Conditions of the statements in short, for example `sts:ExternalId = x`, those of one statement joined with ` and `,
   * sorted. Empty if no statement has one; `no condition` among others for a statement without.
   */
  readonly conditions: readonly string[];
  /** Values that `actions` and `conditions` had before; only if `change` is `changed`. */
  readonly before?: Pick<TrustChange, 'actions' | 'conditions'>;
}
