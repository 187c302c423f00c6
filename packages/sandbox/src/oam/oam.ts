import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { listOf, textOf } from '@crosswind/aws/json';
import type { OnlyOnAws } from '../cloudformation/only-on-aws.ts';
import { DeploymentRefused } from '../cloudformation/refusal.ts';
import type { Authorize } from '../iam/authorizer.ts';
import type { Identities } from '../iam/identities.ts';
import { checkedPolicy } from '../iam/policies.ts';
import { liveProperties } from '../live-properties.ts';
import type { ResourceHandler, SandboxService } from '../service.ts';
import { oamService, sinkHasLinks } from './oam-service.ts';
import { type Link, Observability } from './observability.ts';

export interface OamPorts {
  readonly authorize: Authorize;
  readonly identities: Identities;
  readonly onlyOnAws: OnlyOnAws;
}

export interface Oam extends SandboxService {
  readonly observability: Observability;
}

/** CloudWatch Observability Access Manager: sinks and links. */
export function oam({ authorize, identities, onlyOnAws }: OamPorts): Oam {
  const observability = new Observability();
  return {
    observability,
    endpoint: oamService({ authorize, observability, identities }),
    resources: {
      'AWS::Oam::Sink': sinkHandler(observability, identities),
      'AWS::Oam::Link': linkHandler(observability, onlyOnAws),
    },
  };
}

const sinkHandler = (observability: Observability, identities: Identities): ResourceHandler => ({
  // One sink per account and region (CloudWatch-Unified-Cross-Account).
  create: ({ arn = '', name, properties }, { account, region }) => {
    if (observability.sinksOf(account).some((sink) => sink.region === region)) {
      throw new DeploymentRefused('ConflictException', `account ${account} has a sink in ${region} already`);
    }
    putPolicy(identities, arn, name, properties);
    observability.sinks = [...observability.sinks, { arn, name, account, region, properties }];
  },
  update: ({ arn = '', name, properties }) => {
    if (!observability.sink(arn)) throw notFound('sink', arn);
    putPolicy(identities, arn, name, properties);
    observability.sinks = observability.sinks.map((sink) => (sink.arn === arn ? { ...sink, properties } : sink));
  },
  delete: ({ arn = '' }) => {
    const links = observability.linksTo(arn);
    if (links.length > 0) throw new DeploymentRefused('ConflictException', sinkHasLinks(arn, links));
    observability.removeSink(arn);
    identities.removeResourcePolicy(arn);
  },
  read: ({ arn = '' }) => {
    const sink = observability.sink(arn);
    return sink && liveProperties(sink.properties);
  },
});

/** PutSinkPolicy: which accounts may link. */
function putPolicy(
  identities: Identities,
  arn: string,
  name: string,
  { Policy: policy }: Resource['properties'],
): void {
  if (policy === undefined) identities.removeResourcePolicy(arn);
  else
    identities.setResourcePolicy(
      arn,
      checkedPolicy('InvalidParameterException', `policy of the sink ${name}`, policy, 'resource'),
    );
}

function linkHandler(observability: Observability, onlyOnAws: OnlyOnAws): ResourceHandler {
  const described = ({ arn = '', properties }: Resource, { account }: Stack): Link => ({
    arn,
    account,
    sinkArn: textOf(properties['SinkIdentifier']),
    resourceTypes: listOf(properties['ResourceTypes']).map(textOf),
    properties,
  });
  return {
    create: (resource, stack) => {
      const link = described(resource, stack);
      const { sinkArn } = link;
      if (!observability.sink(sinkArn)) throw onlyOnAws.refusal('sink', sinkArn, notFound('sink', sinkArn));
      observability.links = [...observability.links, link];
    },
    update: (resource, _, stack) => {
      const link = described(resource, stack);
      if (!observability.links.some(({ arn }) => arn === link.arn)) throw notFound('link', link.arn);
      observability.links = observability.links.map((each) => (each.arn === link.arn ? link : each));
    },
    delete: ({ arn = '' }) => {
      observability.removeLink(arn);
    },
    read: ({ arn }) => {
      const link = observability.links.find((each) => each.arn === arn);
      return link && liveProperties(link.properties);
    },
  };
}

const notFound = (kind: string, arn: string): DeploymentRefused =>
  new DeploymentRefused('ResourceNotFoundException', `there is no ${kind} ${arn}`);
