import { Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { AccountProbe } from '../blocks/observability/probe/account-probe.ts';
import type { ProbeInput } from '../blocks/observability/probe/probe-input.ts';
import { probeRoleArn } from '../blocks/observability/probe/probe-names.ts';
import { furtherStateMachineArn, stateMachineArn } from '../blocks/workflow/address.ts';
import { probeStackName } from '../config/deployed-stacks.ts';
import { addressOf, type Deployment } from '../config/deployments.ts';
import type { ProbedAccount } from '../config/probed-accounts.ts';
import { stackProps } from './stack-props.ts';
import { tagAll } from './tag-all.ts';

export interface ProbeStageProps {
  readonly probed: ProbedAccount;
}

/** Minutes that a workflow may go on after what it started has ended, where its contract says nothing. */
const defaultRunsOnMinutes = 10;

/** Stage of an account with its probe, in a stack of its own: the account may hold several tenants, or change them. */
export class ProbeStage extends Stage {
  constructor(scope: Construct, id: string, { probed }: ProbeStageProps) {
    const { account, deployments } = probed;
    super(scope, id, { env: { account: account.id, region: account.region } });
    tagAll(this);
    const stack = new Stack(this, 'Probe', {
      stackName: probeStackName,
      description: 'The probe that looks for executions that wait for something that has ended',
      ...stackProps(account.region),
    });
    new AccountProbe(stack, 'Probe', {
      workflows: deployments.flatMap((deployment) => workflowsIn(account.id, deployment)),
    });
  }
}

function workflowsIn(account: string, deployment: Deployment): ProbeInput['workflows'] {
  const { tenant, stages } = deployment;
  const address = addressOf(deployment);
  const isFrozen = deployment.freezes.length > 0;
  return stages
    .filter((stage) => stage.account.id === account)
    .flatMap(({ name, starts, runsOnMinutes = defaultRunsOnMinutes, startedWithin = [] }) => [
      {
        tenant: tenant.name,
        stateMachineArn: stateMachineArn(address, name),
        runsOnMinutes,
        starts: starts.map((started) => ({
          stateMachineArn: stateMachineArn(address, started),
          roleArn: probeRoleArn(address, started),
          ...(isFrozen && { mayBeAbsent: true }),
        })),
      },
      ...startedWithin.map((further) => ({
        tenant: tenant.name,
        stateMachineArn: furtherStateMachineArn(address, name, further),
        runsOnMinutes: defaultRunsOnMinutes,
        starts: [{ stateMachineArn: stateMachineArn(address, name), roleArn: probeRoleArn(address, name) }],
      })),
    ]);
}
