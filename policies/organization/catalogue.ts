import { type AccountJob, type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { buildNamePrefix } from '../../config/pipeline-name.ts';
import type { Guarded, GuardStatement } from './guarded.ts';

/** A service whose resources CloudFormation may change, under the names that stacks of the platform give them. */
interface CataloguedService {
  /** Prefix of its actions in IAM. */
  readonly service: string;
  /** ARNs without their partition. `NAME` stands for each name that the platform's resources have. */
  readonly resources: readonly string[];
  /**
   * Actions that IAM decides for `*` alone (Service Authorization Reference).
   *
   * @default - none
   */
  readonly onEverything?: readonly string[];
}

const s3: CataloguedService = { service: 's3', resources: ['s3:::NAME*'] };
const sns: CataloguedService = { service: 'sns', resources: ['sns:*:*:NAME*'] };
const events: CataloguedService = {
  service: 'events',
  resources: ['events:*:*:rule/NAME*', 'events:*:*:rule/*/NAME*'],
};
const cloudwatch: CataloguedService = {
  service: 'cloudwatch',
  resources: ['cloudwatch:*:*:alarm:NAME*', 'cloudwatch::*:dashboard/NAME*'],
  onEverything: ['cloudwatch:DescribeAlarms', 'cloudwatch:ListDashboards'],
};
const logs: CataloguedService = {
  service: 'logs',
  resources: ['NAME*', '/aws/vendedlogs/states/NAME*', '/aws/lambda/NAME*', '/aws/codebuild/NAME*'].map(
    (name) => `logs:*:*:log-group:${name}`,
  ),
  onEverything: ['logs:DescribeLogGroups', 'logs:DescribeResourcePolicies'],
};
const ssm: CataloguedService = { service: 'ssm', resources: ['ssm:*:*:parameter/crosswind/*'] };

/**
 * Services that a stack may use in accounts of a kind. The list is fixed: what templates use for a day does not widen the
 * policy of all accounts, and a service that leaves the templates can still be deleted. A service that is not in it is
 * refused at synth (DEPLOY-1).
 */
const catalogue: Readonly<Record<AccountJob, readonly CataloguedService[]>> = {
  workload: [
    s3,
    sns,
    events,
    cloudwatch,
    logs,
    ssm,
    { service: 'states', resources: ['states:*:*:*:NAME*'] },
    { service: 'lambda', resources: ['lambda:*:*:function:NAME*'] },
    { service: 'sqs', resources: ['sqs:*:*:NAME*'] },
    { service: 'dynamodb', resources: ['dynamodb:*:*:table/NAME*'] },
    { service: 'scheduler', resources: ['scheduler:*:*:schedule/*/NAME*', 'scheduler:*:*:schedule-group/NAME*'] },
  ],
  monitoring: [sns, events, cloudwatch, logs, ssm],
  pipeline: [
    s3,
    sns,
    events,
    cloudwatch,
    logs,
    ssm,
    { service: 'codepipeline', resources: ['codepipeline:*:*:NAME*'] },
    {
      service: 'codebuild',
      resources: ['project', 'report-group'].map((type) => `codebuild:*:*:${type}/${buildNamePrefix}*`),
    },
  ],
};

/** Beginnings of the names of resources: those of stacks, and the pipeline's stack in its account. */
const nameBeginnings: Readonly<Record<AccountJob, readonly string[]>> = {
  workload: ['crosswind-'],
  monitoring: ['crosswind-'],
  pipeline: ['crosswind', 'Crosswind-'],
};

/** Services of all jobs of a kind, each once. */
const servicesOf = (kind: AccountKind): readonly CataloguedService[] => [
  ...new Set(jobsOf(kind).flatMap((job) => catalogue[job])),
];

/** Services besides the catalogue, which statements of their own allow in part. */
const others: Readonly<Record<AccountJob, readonly string[]>> = {
  workload: ['iam', 'kms'],
  monitoring: ['iam', 'kms'],
  pipeline: ['iam', 'kms', 'codeconnections', 'codestar-connections'],
};

/** True if the execution policy of accounts of that kind allows actions of the service. */
export const isCatalogued = (kind: AccountKind, service: string): boolean =>
  jobsOf(kind).some((job) => others[job].includes(service)) ||
  servicesOf(kind).some((each) => each.service === service);

/** True if the execution policy names resources of accounts of that kind as this ARN does. Keys have no names. */
export const isNamedFor = (kind: AccountKind, arn: string): boolean =>
  /^arn:[^:]+:(kms|iam):/.test(arn) ||
  servicesOf(kind)
    .flatMap(namedResources(kind, '[^:]+'))
    .some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(arn));

/** ARNs of the resources of a service, under each name that the platform gives in accounts of a kind. */
const namedResources =
  (kind: AccountKind, partition: string) =>
  ({ resources }: CataloguedService): readonly string[] => {
    const beginnings = new Set(jobsOf(kind).flatMap((job) => nameBeginnings[job]));
    return resources.flatMap((resource) =>
      resource.includes('NAME')
        ? [...beginnings].map((name) => `arn:${partition}:${resource.replace('NAME', name)}`)
        : [`arn:${partition}:${resource}`],
    );
  };

/** Statements that allow the catalogue. */
export function catalogueStatements({ partition }: Guarded, kind: AccountKind): readonly GuardStatement[] {
  const services = servicesOf(kind);
  return [
    {
      Sid: 'NamedResources',
      Effect: 'Allow',
      Action: services.map(({ service }) => `${service}:*`),
      Resource: services.flatMap(namedResources(kind, partition)),
    },
    {
      Sid: 'WithoutResource',
      Effect: 'Allow',
      Action: services.flatMap(({ onEverything = [] }) => onEverything),
      Resource: '*',
    },
  ];
}
