import type { Principal } from './principal.ts';

/** The condition keys of a request, as the caller writes them. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** One call that wants to be allowed. */
export interface AccessRequest {
  readonly principal: Principal;
  /** For example `s3:GetObject`. */
  readonly action: string;
  /** An ARN, or `*` for actions without a resource. */
  readonly resource: string;
  /** The account that owns the resource; empty if that is not known. */
  readonly resourceAccount: string;
  readonly context: RequestContext;
  /**
   * True if `resource` is a guess: a statement about another resource may be about this one.
   *
   * @default false
   */
  readonly isResourceAssumed?: boolean;
  /**
   * The management account of the organization, which service control policies do not touch.
   *
   * @default - the caller is in another account than that
   */
  readonly managementAccount?: string;
}

/** The resource as sentences name it: with its account, if that is known. */
export const ownedResource = ({ resource, resourceAccount }: AccessRequest): string =>
  resourceAccount === '' ? resource : `${resource} of account ${resourceAccount}`;

/** The service prefix of the action, in lower case. */
export const serviceOf = ({ action }: AccessRequest): string => action.slice(0, action.indexOf(':')).toLowerCase();
