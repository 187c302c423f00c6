import type { Denied } from '@crosswind/iam/decision';
import type { Environment } from '@crosswind/assembly/read-assembly';

/** A denied call that made a client's deployment fail. */
export interface DeniedCall extends Environment {
  /** Name of the stack. */
  readonly stack: string;
  /**
   * The resource that failed.
   *
   * @default - the request to CloudFormation was denied
   */
  readonly resource?: { readonly logicalId: string; readonly type: string };
  /** The decision, with the fix. */
  readonly denied: Denied;
}

/** Called for every denied call that makes a client's deployment fail. */
export type OnDenied = (call: DeniedCall) => void;
