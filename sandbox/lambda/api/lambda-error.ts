/** An answer of Lambda that is not success; its message is what a client would read. */
export class LambdaError extends Error {
  override readonly name = 'LambdaError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
