import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
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
      return stack && { status: stack.StackStatus ?? '', isProtected: stack.EnableTerminationProtection === true };
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

  /** ARNs of the sinks that the account links to. */
  linkedSinks = async (): Promise<readonly string[]> =>
    (await this.#oam<{ readonly SinkArn: string }>('ListLinks')).map(({ SinkArn: arn }) => arn);

  /** ARNs of the account's own sinks. */
  sinks = async (): Promise<readonly string[]> =>
    (await this.#oam<{ readonly Arn: string }>('ListSinks')).map(({ Arn: arn }) => arn);

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

  #send(request: Omit<AwsRequest, 'region'>): Promise<string> {
    return sendSigned(this.#ssm, { ...request, region: this.#region }, this.#endpoint);
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
