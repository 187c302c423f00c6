import type { Denied } from '@crosswind/iam/decision';

/** An answer of a service with the JSON protocol that is not success; its message is what a client would read. */
export class AwsJsonError extends Error {
  override readonly name = 'AwsJsonError';
  readonly code: string;
  readonly status: number;
  /** For a permission that is missing: the decision, with the fix. */
  readonly denied: Denied | undefined;

  constructor(code: string, message: string, status = 400, denied?: Denied) {
    super(message);
    this.code = code;
    this.status = status;
    this.denied = denied;
  }
}
