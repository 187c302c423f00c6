import { awsFailure, firstLine } from '../../onboarding/aws-failure.ts';

export interface RunErrand {
  readonly pipelineAccount: string;
  readonly tenant: string;
  readonly wave: string;
  /** ARNs of the roles that are assumed. */
  readonly roleArns: readonly string[];
}

/** Why a tenant could not be run, and what to do; undefined for failures that are nobody's setting. */
export function runFailure(error: unknown, { pipelineAccount, tenant, wave, roleArns }: RunErrand): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const actions = `sts:AssumeRole on ${roleArns.join(' and ')}`;
  const credentials = `a role of the pipeline's account, ${pipelineAccount}`;
  switch (error.name) {
    case 'AccessDenied':
      return [
        firstLine(error),
        `set AWS_PROFILE to ${credentials}; it needs ${actions}`,
        `the roles are there once the pipeline has deployed ${tenant} in wave ${wave}`,
      ].join('\n');
    case 'AccessDeniedException':
      return `${firstLine(error)}\nthe runner role may not do that: has the pipeline deployed this version of ${tenant} in wave ${wave}?`;
    case 'ValidationException':
    case 'InvalidExecutionInput':
      return `AWS does not take what was sent (${firstLine(error)})`;
    case 'ThrottlingException':
      return `AWS throttles every attempt (${firstLine(error)}): wait a minute and try again`;
    case 'StateMachineDoesNotExist':
      return `${firstLine(error)}\nit is there once the pipeline has deployed ${tenant} in wave ${wave}`;
    case 'ExecutionAlreadyExists':
      return `${firstLine(error)}\nan execution has this name already: leave --name out, or choose another one`;
    default:
      return awsFailure(error, { service: 'AWS', credentials, actions });
  }
}
