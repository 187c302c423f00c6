import type { Handler } from '@crosswind/console/server/handlers';
import type { ConsoleContext } from '../console-context.ts';
import { tenantStages } from '../named-stages.ts';

/** State machines that are answered with at most. */
const most = 20;

/** Answers with the workflows that somebody can start, each with the commands that start it: those of tenants that no other one starts, or all of an app. */
export const startsAnswer =
  ({ sandbox, platform, accounts }: Pick<ConsoleContext, 'sandbox' | 'platform' | 'accounts'>): Handler =>
  () => {
    const { port } = new URL(sandbox.endpointUrl);
    const stages = platform && [...tenantStages(platform).values()];
    const called = new Set(stages?.flatMap(({ tenant, starts }) => starts.map((stage) => `${tenant} ${stage}`)));
    const machines = stages
      ? stages
          .filter(({ tenant, stage }) => !called.has(`${tenant} ${stage}`))
          .filter(({ stateMachineArn }) => sandbox.stateMachines.get(stateMachineArn))
          .map(({ tenant, stage, ...rest }) => ({ ...rest, title: `${tenant} ${stage}` }))
      : accounts.flatMap(({ id, region }) =>
          sandbox.stateMachines
            .of(id, region)
            .map(({ arn, name }) => ({ stateMachineArn: arn, account: id, title: name })),
        );
    return Promise.resolve(
      machines.slice(0, most).map(({ stateMachineArn, account, title }) => ({
        ...{ stateMachineArn, account, title },
        commands: [
          `eval "$(npx crosswind credentials ${account} --port ${port})"`,
          `aws stepfunctions start-execution --state-machine-arn ${stateMachineArn}`,
        ],
      })),
    );
  };
