import { count } from '../../count.ts';
import type { RecordedDenial } from '../../run-record/run-record.ts';
import type { ClaimId } from '../claim-ids.ts';
import type { Evidence } from '../evidence.ts';
import type { Fix } from '../explanation.ts';
import { type Failure, failureItems, failuresIn } from '../failures.ts';
import { denialItem, type Finding, type FindReasons, spanOf, statementFixes } from '../finding.ts';
import { innermost } from '../cause.ts';

/** Calls of the run that were denied, apart from polls and stops, which other claims explain. */
export const wasDenied: FindReasons = (evidence) =>
  evidence.denied.flatMap((denial) => {
    const id = idOf(denial);
    if (id === undefined) return [];
    const failures = failuresIn(evidence).filter(({ cause }) => names(cause, denial));
    return [found(id, denial, failures, evidence)];
  });

function idOf({ action, reason, fixes }: RecordedDenial): ClaimId | undefined {
  // They are explained by what waits, and by what runs on.
  if (action === 'states:DescribeExecution' || action === 'states:StopExecution') return undefined;
  if (action === 'sts:AssumeRole' && fixes.some(({ document }) => document === 'trust policy'))
    return reason.includes('sts:ExternalId') ? 'wrong-external-id' : 'wrong-trust';
  if (action === 'states:StartExecution') return 'start-denied';
  if (action.startsWith('kms:')) return 'key-denied';
  return action === 's3:PutObject' ? 'results-denied' : 'permission-denied';
}

/** True if the message of an error is about that call. */
function names(cause: string, { action, resource, principal }: RecordedDenial): boolean {
  if (action === 'sts:AssumeRole') return cause.includes(resource);
  const role = principal.split('/').at(-1) ?? principal;
  return cause.includes(action) && cause.includes(role);
}

const times = (number: number): string => (number === 1 ? '' : `, ${count(number)} times`);

function found(id: ClaimId, denial: RecordedDenial, failures: readonly Failure[], evidence: Evidence): Finding {
  const [first] = failures;
  const span = spanOf(denial, evidence.decisions);
  return {
    id,
    sentence: `${denial.reason}${times(denial.times)}`,
    execution: first?.execution.arn ?? null,
    since: span?.first ?? first?.at ?? null,
    until: span?.last ?? first?.execution.stoppedAt ?? evidence.at,
    certain: true,
    evidence: [...failureItems(failures), denialItem(denial, evidence)],
    fixes: statementFixes(denial),
    runbook: 'executions-failed',
  };
}

/** The role of a task could not be assumed, and nobody saw the decision. */
export const mayNotAssume: FindReasons = (evidence) => {
  if (evidence.denied.some(({ action }) => action === 'sts:AssumeRole')) return [];
  const failures = failuresIn(evidence).filter(({ cause }) =>
    cause.includes("is not authorized to assume the task state's role"),
  );
  const [first] = failures;
  if (!first) return [];
  const { stateMachineArn } = first.execution;
  const [, role = ''] = /task state's role, (\S+?)\.?(?:\s|$)/.exec(innermost(first.cause)) ?? [];
  const statement = { StringEquals: { 'sts:ExternalId': stateMachineArn } };
  return [
    {
      id: 'wrong-trust',
      sentence: `${innermost(first.cause)} Its trust policy names another account, role or external id, or the caller lacks sts:AssumeRole`,
      execution: first.execution.arn,
      since: first.at,
      until: first.execution.stoppedAt ?? evidence.at,
      certain: false,
      evidence: failureItems(failures),
      fixes: [
        { kind: 'statement', place: `condition of the trust policy of ${role}`, statement },
        {
          kind: 'command',
          command: `aws iam get-role --role-name ${role.split('/').at(-1) ?? role} --query Role.AssumeRolePolicyDocument`,
        },
      ],
      runbook: 'executions-failed',
    },
  ];
};

const isDisabled = /is disabled|DisabledException|KMS\.Disabled|KMSInvalidStateException|is pending deletion/i;

/** A key cannot be used now, whatever the policies say. */
export const keyDisabled: FindReasons = (evidence) => {
  const failures = failuresIn(evidence).filter(({ cause }) => isDisabled.test(cause));
  const [first] = failures;
  if (!first) return [];
  const [key] = /arn:[^:]+:kms:[\w-]+:\d+:key\/[\w-]+/.exec(first.cause) ?? [];
  const isPending = /pending deletion/i.test(first.cause);
  const fixes: Fix[] = [
    ...(isPending
      ? [{ kind: 'command' as const, command: `aws kms cancel-key-deletion --key-id ${key ?? 'KEY'}` }]
      : []),
    { kind: 'command', command: `aws kms enable-key --key-id ${key ?? 'KEY'}` },
  ];
  return [
    {
      id: 'key-disabled',
      sentence: `the key ${key ?? 'of the bucket'} ${isPending ? 'is pending deletion' : 'is disabled'}, so the ${first.execution.stage} cannot use what it encrypts`,
      execution: first.execution.arn,
      since: first.at,
      until: evidence.at,
      certain: true,
      evidence: failureItems(failures),
      fixes,
      runbook: 'executions-failed',
    },
  ];
};

/** The results of a Map Run could not be written, and nobody saw the decision. */
export const resultsNotWritten: FindReasons = (evidence) => {
  if (evidence.denied.some(({ action }) => action === 's3:PutObject')) return [];
  const failures = failuresIn(evidence).filter(
    ({ error, cause }) =>
      error === 'States.ResultWriterFailed' && /access denied/i.test(cause) && !isDisabled.test(cause),
  );
  const [first] = failures;
  if (!first) return [];
  const role = evidence.machines.find(({ arn }) => arn === first.execution.stateMachineArn)?.roleArn;
  return [
    {
      id: 'results-denied',
      sentence: `the ${first.execution.stage} may not write its results: ${innermost(first.cause)}`,
      execution: first.execution.arn,
      since: first.at,
      until: evidence.at,
      certain: true,
      evidence: failureItems(failures),
      fixes: [
        {
          kind: 'setting',
          resource: role ?? first.execution.stateMachineArn,
          sentence:
            'allow s3:PutObject on the bucket of the ResultWriter, and kms:GenerateDataKey and kms:Decrypt on its key',
        },
      ],
      runbook: 'executions-failed',
    },
  ];
};
