import type { Denied } from '@crosswind/iam/decision';

/** A deployment that AWS would refuse, with its error; `NotSupported` if only the sandbox cannot. */
export class DeploymentRefused extends Error {
  override readonly name = 'DeploymentRefused';
  /** AWS's name of the error, for example `EntityAlreadyExists`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The refusal of a permission that is missing; where that is undecidable, AWS may accept what the sandbox cannot. */
export const forbidden = (code: string, message: string, { kind }: Denied): DeploymentRefused =>
  new DeploymentRefused(kind === 'undecidable' ? 'NotSupported' : code, message);

/** The refusal of a name that another resource has. */
export const taken = (code: string, what: string, name: string): DeploymentRefused =>
  new DeploymentRefused(code, `${what} ${name} already exists.`);
