import type { RecordedMachine } from '../../../run-record/recorded-facts.ts';
import type { RecordedDenial, RecordedExecution } from '../../../run-record/run-record.ts';
import { accountIn, hopsIn } from '../../executions.ts';
import { failuresIn } from '../../failures.ts';
import { deniedByPolicies, deniedByTrust, readPolicies } from './read-policies.ts';
import type { Readings } from './readings.ts';
import type { StageAccess } from './stage-access.ts';

/**
 * Denied calls of tasks that start executions in other accounts, as the policies of the roles say that they assume: AWS
 * shows no decisions.
 */
export async function deniedOnAws(
  stages: readonly StageAccess[],
  executions: readonly RecordedExecution[],
  machines: readonly RecordedMachine[],
  { attempt }: Readings,
): Promise<readonly RecordedDenial[]> {
  const denied: RecordedDenial[] = [];
  const read = async (roleArn: string) => {
    const access = stages.find(({ account }) => account === accountIn(roleArn));
    return access && (await attempt(`policies of ${roleArn}`, () => readPolicies(access, roleArn), undefined));
  };
  const machineOf = ({ stateMachineArn }: RecordedExecution): RecordedMachine | undefined =>
    machines.find(({ arn }) => arn === stateMachineArn);
  for (const hop of hopsIn(executions)) {
    const roles = machineOf(hop.caller)?.taskRoles.filter((arn) => accountIn(arn) === accountIn(hop.called.arn)) ?? [];
    // With more than one role nobody can say which of them a task has assumed.
    const [role, ...others] = roles;
    if (role === undefined || others.length > 0) continue;
    const policies = await read(role);
    if (policies) denied.push(...deniedByPolicies(hop, role, policies));
  }
  for (const { execution, cause } of failuresIn({ executions })) {
    const [, role] =
      /is not authorized to assume the task state's role, (arn:[^\s"]+?)\.?(?:["\s\\]|$)/.exec(cause) ?? [];
    const machine = machineOf(execution);
    const policies = role !== undefined && machine ? await read(role) : undefined;
    if (role !== undefined && machine && policies)
      denied.push(...deniedByTrust(execution, machine.roleArn, role, policies));
  }
  return [
    ...new Map(denied.map((denial) => [`${denial.principal} ${denial.action} ${denial.resource}`, denial])).values(),
  ];
}
