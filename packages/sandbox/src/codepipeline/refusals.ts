import { AwsJsonError } from '../aws-json/aws-json-error.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import { S3Error } from '../s3/s3-error.ts';

/** The artifact of a pipeline that an action needs is not there. */
export class NoArtifact extends Error {
  override readonly name = 'NoArtifact';
}

/** A command of a build that ended with an error. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

const refusals = [AwsJsonError, S3Error, DeploymentRefused, NoArtifact, CommandFailed];

/** True for what AWS would refuse, and not for a failure of the sandbox itself. */
export const isRefusal = (error: unknown): error is Error => refusals.some((kind) => error instanceof kind);
