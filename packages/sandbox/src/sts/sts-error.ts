/** An answer of STS that is not success; its message is what a client would read. */
export class StsError extends Error {
  override readonly name = 'StsError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The refusal of a parameter that breaks a constraint, in AWS's words. */
export const invalid = (field: string, value: string | undefined, constraint: string): StsError => {
  const shown = value === undefined ? 'null' : `'${value}'`;
  const message = `1 validation error detected: Value ${shown} at '${field}' failed to satisfy constraint: Member must ${constraint}`;
  return new StsError('ValidationError', message, 400);
};
