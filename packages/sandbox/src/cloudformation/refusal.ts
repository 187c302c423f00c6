import type { Denied } from '@crosswind/iam/decision';

/** A deployment that AWS would refuse, with its error; `NotSupported` if only the sandbox cannot. */
export class DeploymentRefused extends Error {
  override readonly name = 'DeploymentRefused';
  /** AWS's name of the error, for example `EntityAlreadyExists`. */
  readonly code: string;
  /** For a permission that is missing: the decision, with the fix. */
  readonly denied: Denied | undefined;

  constructor(code: string, message: string, denied?: Denied) {
    super(message);
    this.code = code;
    this.denied = denied;
  }
}

/** The refusal of a permission that is missing; where that is undecidable, AWS may accept what the sandbox cannot. */
export const forbidden = (code: string, message: string, denied: Denied): DeploymentRefused =>
  new DeploymentRefused(denied.kind === 'undecidable' ? 'NotSupported' : code, message, denied);

/** The refusal of a name that another resource has. */
export const taken = (code: string, what: string, name: string): DeploymentRefused =>
  new DeploymentRefused(code, `${what} ${name} already exists.`);
