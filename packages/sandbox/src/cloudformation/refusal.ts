/** A deployment that AWS would refuse, with the error that it would give. */
export class DeploymentRefused extends Error {
  override readonly name = 'DeploymentRefused';
  /** AWS's name of the error, for example `EntityAlreadyExists`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
