/** An answer of Lambda that is not success; its message is what a client would read. */
export class LambdaError extends Error {
  override readonly name = 'LambdaError';
  readonly code: string;
  readonly status: number;
  /** Which quota was exceeded, of a call that was throttled. */
  readonly reason: string | undefined;

  constructor(code: string, message: string, status: number, reason?: string) {
    super(message);
    this.code = code;
    this.status = status;
    this.reason = reason;
  }
}
