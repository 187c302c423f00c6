import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { globalRegionOf } from '@crosswind/aws/partition';
import type { ServiceQuota } from '@crosswind/aws/quotas';
import { accountRoleNames } from '../../config/role-names.ts';
import type { AwsAccess } from '../io.ts';
import { type AwsRequest, elementsIn, sendSigned, textIn } from '../aws/signed-request.ts';
import { assuming } from '../protect/assumed-credentials.ts';

/** A stack as CloudFormation lists it. */
export interface ListedStack {
  readonly name: string;
  readonly status: string;
}

export interface DescribedStack {
  readonly status: string;
  /** True if it is protected from deletion. */
  readonly isProtected: boolean;
  /** Values of parameters and outputs, by their names. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly outputs: ReadonlyMap<string, string>;
}

/** A link of the account to a sink. */
export interface ListedLink {
  readonly arn: string;
  readonly sinkArn: string;
  /** Telemetry that it shares. */
  readonly resourceTypes: readonly string[];
}

export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly status: string;
}

export interface Subscription {
  readonly endpoint: string;
  /** `PendingConfirmation` and `Deleted` instead of an ARN are states. */
  readonly arn: string;
  readonly isConfirmed: boolean;
}

/** Reads one account in one region as its viewer role. Changes nothing. */
export class AccountReader {
  readonly #cloudFormation: CloudFormationClient;
  readonly #ssm: SSMClient;
  readonly #region: string;
  readonly #endpoint: string | undefined;

  constructor(account: string, region: string, aws: Partial<AwsAccess> = {}) {
    const settings = assuming({ account, region, role: accountRoleNames.viewer, session: 'crosswind-viewer' }, aws);
    this.#cloudFormation = new CloudFormationClient({ ...settings, maxAttempts: 5 });
    this.#ssm = new SSMClient({ ...settings, maxAttempts: 5 });
    this.#region = region;
    this.#endpoint = aws.endpoint ?? process.env['AWS_ENDPOINT_URL'];
  }

  /** Assumes the role; rejects where that is refused. */
  async assume(): Promise<void> {
    await this.#ssm.config.credentials();
  }

  /** Status and protection of a stack; undefined without it. */
  async stack(StackName: string): Promise<DescribedStack | undefined> {
    try {
      const { Stacks: [stack] = [] } = await this.#cloudFormation.send(new DescribeStacksCommand({ StackName }));
      if (!stack) return undefined;
      const { StackStatus: status = '', EnableTerminationProtection: isProtected = false } = stack;
      const { Parameters = [], Outputs = [] } = stack;
      return {
        ...{ status, isProtected },
        parameters: new Map(Parameters.map(({ ParameterKey: key = '', ParameterValue: value = '' }) => [key, value])),
        outputs: new Map(Outputs.map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value])),
      };
    } catch (error) {
      if (error instanceof Error && error.message.includes('does not exist')) return undefined;
      throw error;
    }
  }

  /** The stacks that exist. CloudFormation lists deleted ones for 90 days (API_ListStacks). */
  async stacks(): Promise<readonly ListedStack[]> {
    const stacks: ListedStack[] = [];
    for await (const { StackSummaries = [] } of paginateListStacks({ client: this.#cloudFormation }, {})) {
      for (const { StackName: name = '', StackStatus: status = '' } of StackSummaries) {
        if (status !== 'DELETE_COMPLETE') stacks.push({ name, status });
      }
    }
    return stacks;
  }

  async resources(StackName: string): Promise<readonly StackResource[]> {
    const resources: StackResource[] = [];
    for await (const page of paginateListStackResources({ client: this.#cloudFormation }, { StackName })) {
      for (const each of page.StackResourceSummaries ?? []) {
        resources.push({
          logicalId: each.LogicalResourceId ?? '',
          type: each.ResourceType ?? '',
          physicalId: each.PhysicalResourceId ?? '',
          status: each.ResourceStatus ?? '',
        });
      }
    }
    return resources;
  }

  /** Logical ids of resources that stay when their stack is deleted. */
  async retained(StackName: string): Promise<ReadonlySet<string>> {
    const { TemplateBody = '{}' } = await this.#cloudFormation.send(new GetTemplateCommand({ StackName }));
    const { Resources = {} } = JSON.parse(TemplateBody) as {
      readonly Resources?: Readonly<Record<string, { readonly DeletionPolicy?: string }>>;
    };
    const kept = Object.entries(Resources).filter(([, { DeletionPolicy: policy = '' }]) => policy.startsWith('Retain'));
    return new Set(kept.map(([id]) => id));
  }

  async parameter(Name: string): Promise<string | undefined> {
    const sent = this.#ssm.send(new GetParameterCommand({ Name }));
    return (await orAbsent(sent, 'ParameterNotFound'))?.Parameter?.Value;
  }

  /** The document of a managed policy's default version; undefined without the policy. */
  async policy(PolicyArn: string): Promise<unknown> {
    const policy = await orAbsent(this.#iam('GetPolicy', { PolicyArn }), 'NoSuchEntity');
    const VersionId = policy === undefined ? undefined : textIn(policy, 'DefaultVersionId');
    if (VersionId === undefined) return undefined;
    const version = await this.#iam('GetPolicyVersion', { PolicyArn, VersionId });
    return JSON.parse(decodeURIComponent(textIn(version, 'Document') ?? 'null')) as unknown;
  }

  links = async (): Promise<readonly ListedLink[]> => {
    const links = await this.#oam<Readonly<Record<'Arn' | 'SinkArn', string>> & { ResourceTypes: readonly string[] }>(
      'ListLinks',
    );
    return links.map(({ Arn: arn, SinkArn: sinkArn, ResourceTypes: resourceTypes }) => ({
      arn,
      sinkArn,
      resourceTypes,
    }));
  };

  /** ARNs of the account's own sinks. */
  sinks = async (): Promise<readonly string[]> =>
    (await this.#oam<{ readonly Arn: string }>('ListSinks')).map(({ Arn: arn }) => arn);

  /**
   * The value of a quota in the account: what is applied, else what AWS has for everybody; undefined where Service Quotas
   * knows neither.
   */
  async serviceQuota(quota: Pick<ServiceQuota, 'service' | 'code' | 'isGlobal'>): Promise<number | undefined> {
    return (await this.#quota('GetServiceQuota', quota)) ?? (await this.#quota('GetAWSDefaultServiceQuota', quota));
  }

  async #quota(
    operation: string,
    { service, code, isGlobal }: Pick<ServiceQuota, 'service' | 'code' | 'isGlobal'>,
  ): Promise<number | undefined> {
    const sent = this.#send(
      {
        service: 'servicequotas',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `ServiceQuotasV20190624.${operation}`,
        },
        body: JSON.stringify({ ServiceCode: service, QuotaCode: code }),
      },
      isGlobal ? globalRegionOf(this.#region) : this.#region,
    );
    const text = await orAbsent(sent, 'NoSuchResourceException');
    if (text === undefined) return undefined;
    // A quota that could not be read has a reason in the place of its value.
    return (JSON.parse(text) as { readonly Quota: { readonly Value?: number } }).Quota.Value;
  }

  /** Functions that Lambda lets run at a time. */
  async lambdaConcurrency(): Promise<number> {
    const text = await this.#send({ service: 'lambda', method: 'GET', path: '/2016-08-19/account-settings' });
    const { AccountLimit } = JSON.parse(text) as { readonly AccountLimit: { readonly ConcurrentExecutions: number } };
    return AccountLimit.ConcurrentExecutions;
  }

  /** Status of a connection to the repository; undefined without it. */
  async connection(arn: string): Promise<string | undefined> {
    const isOld = arn.split(':')[2] === 'codestar-connections';
    const prefix = isOld
      ? 'codestar.connections.CodeStar_connections_20191201'
      : 'codeconnections.CodeConnections_20231201';
    const sent = this.#send({
      service: isOld ? 'codestar-connections' : 'codeconnections',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `com.amazonaws.${prefix}.GetConnection`,
      },
      body: JSON.stringify({ ConnectionArn: arn }),
    });
    const text = await orAbsent(sent, 'ResourceNotFoundException');
    if (text === undefined) return undefined;
    return (JSON.parse(text) as { readonly Connection: { readonly ConnectionStatus: string } }).Connection
      .ConnectionStatus;
  }

  async subscriptions(TopicArn: string): Promise<readonly Subscription[]> {
    const found: Subscription[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#query('sns', '2010-03-31', 'ListSubscriptionsByTopic', {
        TopicArn,
        ...(NextToken !== undefined && { NextToken }),
      });
      for (const member of elementsIn(page, 'member')) {
        const arn = textIn(member, 'SubscriptionArn') ?? '';
        found.push({ endpoint: textIn(member, 'Endpoint') ?? '', arn, isConfirmed: arn.startsWith('arn:') });
      }
      NextToken = textIn(page, 'NextToken');
    } while (NextToken !== undefined);
    return found;
  }

  destroy(): void {
    this.#cloudFormation.destroy();
    this.#ssm.destroy();
  }

  async #oam<Item>(operation: string): Promise<readonly Item[]> {
    const headers = { 'content-type': 'application/json' };
    const text = await this.#send({ service: 'oam', path: `/${operation}`, headers, body: '{}' });
    return (JSON.parse(text) as { readonly Items: readonly Item[] }).Items;
  }

  #iam(operation: string, fields: Readonly<Record<string, string>>): Promise<string> {
    return this.#query('iam', '2010-05-08', operation, fields);
  }

  #query(
    service: string,
    version: string,
    operation: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<string> {
    return this.#send({
      service,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action: operation, Version: version, ...fields }).toString(),
    });
  }

  #send(request: Omit<AwsRequest, 'region'>, region = this.#region): Promise<string> {
    return sendSigned(this.#ssm, { ...request, region }, this.#endpoint);
  }
}

/** Waits for an answer; undefined if AWS says that there is no such thing. */
async function orAbsent<T>(answer: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === code) return undefined;
    throw error;
  }
}
