import { listOf, textOf } from '@crosswind/aws/json';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { SandboxService } from '../service.ts';
import { Observability } from './observability.ts';

export interface Oam extends SandboxService {
  readonly observability: Observability;
}

/** CloudWatch Observability Access Manager: sinks and links. */
export function oam({ onlyOnAws }: { readonly onlyOnAws: OnlyOnAws }): Oam {
  const observability = new Observability();
  return {
    observability,
    resources: {
      // One sink per account and region (CloudWatch-Unified-Cross-Account).
      'AWS::Oam::Sink': ({ arn = '', name }, { account, region }) => {
        if (observability.sinksOf(account).some((sink) => sink.region === region)) {
          throw new DeploymentRefused('ConflictException', `account ${account} has a sink in ${region} already`);
        }
        observability.sinks.push({ arn, name, account, region });
      },
      'AWS::Oam::Link': ({ properties }, { account }) => {
        const sinkArn = textOf(properties['SinkIdentifier']);
        if (!observability.sink(sinkArn)) {
          const refused = new DeploymentRefused('ResourceNotFoundException', `there is no sink ${sinkArn}`);
          throw onlyOnAws.refusal('sink', sinkArn, refused);
        }
        observability.links.push({ account, sinkArn, resourceTypes: listOf(properties['ResourceTypes']).map(textOf) });
      },
    },
  };
}
