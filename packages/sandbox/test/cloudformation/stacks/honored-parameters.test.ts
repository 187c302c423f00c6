import * as sdk from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { cloudFormation } from './client.ts';

/** Members of an operation's input, by what is done with them. */
interface Members {
  /** Names with blanks between them. */
  readonly honored: string;
  /** Values that ask for something that is not simulated. */
  readonly refused?: Readonly<Record<string, unknown>>;
  /**
   * Accepted, because the CDK sends them whatever the app is, and without an effect.
   *
   * @default - none
   */
  readonly withoutEffect?: string;
}

const policy = { StackPolicyBody: '{}', StackPolicyURL: 'https://example.com/policy.json' };
const duringUpdate = { StackPolicyDuringUpdateBody: '{}', StackPolicyDuringUpdateURL: 'https://example.com/p.json' };
const express = { DeploymentConfig: { Mode: 'EXPRESS' } };
const watched = {
  NotificationARNs: ['arn:aws:sns:us-east-1:444444444444:deployments'],
  ResourceTypes: ['AWS::S3::*'],
  RollbackConfiguration: {
    RollbackTriggers: [{ Arn: 'arn:aws:cloudwatch:us-east-1:444444444444:alarm:a', Type: 'x' }],
  },
};
const change = 'Capabilities DisableValidation Parameters RoleARN StackName Tags TemplateBody TemplateURL';
const page = { NextToken: 'page' };

const operations: Readonly<Record<string, Members>> = {
  ContinueUpdateRollback: {
    honored: 'ClientRequestToken ResourcesToSkip RoleARN StackName',
    refused: { ForceRollback: true },
  },
  CreateChangeSet: {
    honored: `${change} ChangeSetName ChangeSetType ClientToken Description OnStackFailure UsePreviousTemplate`,
    refused: {
      ...watched,
      ...express,
      DeploymentMode: 'REVERT_DRIFT',
      ResourcesToImport: [{ ResourceType: 'AWS::S3::Bucket', LogicalResourceId: 'A', ResourceIdentifier: { A: 'b' } }],
    },
    withoutEffect: 'ImportExistingResources IncludeNestedStacks',
  },
  CreateStack: {
    honored: `${change} ClientRequestToken DisableRollback EnableTerminationProtection OnFailure RetainExceptOnCreate`,
    refused: { ...watched, ...policy, ...express, TimeoutInMinutes: 5 },
  },
  DeleteChangeSet: { honored: 'ChangeSetName StackName' },
  DeleteStack: {
    honored: 'ClientRequestToken RetainResources RoleARN StackName',
    refused: { ...express, DeletionMode: 'FORCE_DELETE_STACK' },
  },
  DescribeChangeSet: { honored: 'ChangeSetName IncludePropertyValues StackName', refused: page },
  DescribeEvents: { honored: 'ChangeSetName Filters NextToken OperationId StackName' },
  DescribeStackDriftDetectionStatus: { honored: 'StackDriftDetectionId' },
  DescribeStackEvents: { honored: 'NextToken StackName' },
  DescribeStackResource: { honored: 'LogicalResourceId StackName' },
  DescribeStackResourceDrifts: {
    honored: 'StackName StackResourceDriftStatusFilters',
    refused: { ...page, MaxResults: 5 },
  },
  DescribeStackResources: { honored: 'LogicalResourceId StackName', refused: { PhysicalResourceId: 'winds' } },
  DescribeStacks: { honored: 'NextToken StackName' },
  DetectStackDrift: { honored: 'LogicalResourceIds StackName' },
  DetectStackResourceDrift: { honored: 'LogicalResourceId StackName' },
  ExecuteChangeSet: { honored: 'ChangeSetName ClientRequestToken DisableRollback RetainExceptOnCreate StackName' },
  GetTemplate: { honored: 'ChangeSetName StackName TemplateStage' },
  GetTemplateSummary: {
    honored: 'StackName TemplateBody TemplateURL',
    refused: {
      CallAs: 'SELF',
      StackSetName: 'everywhere',
      TemplateSummaryConfig: { TreatUnrecognizedResourceTypesAsWarnings: true },
    },
  },
  ListChangeSets: { honored: 'StackName', refused: page },
  ListExports: { honored: 'NextToken' },
  ListImports: { honored: 'ExportName', refused: page },
  ListStackResources: { honored: 'NextToken StackName' },
  ListStacks: { honored: 'NextToken StackStatusFilter' },
  RollbackStack: { honored: 'ClientRequestToken RetainExceptOnCreate RoleARN StackName', refused: express },
  UpdateStack: {
    honored: `${change} ClientRequestToken DisableRollback RetainExceptOnCreate UsePreviousTemplate`,
    refused: { ...watched, ...policy, ...duringUpdate, ...express },
  },
  UpdateTerminationProtection: { honored: 'EnableTerminationProtection StackName' },
  ValidateTemplate: { honored: 'TemplateBody TemplateURL' },
};

/** Members that some operation needs; each one sends those that it knows. */
const needed = {
  StackName: 'letters',
  ChangeSetName: 'changes',
  ExportName: 'export',
  LogicalResourceId: 'A',
  StackDriftDetectionId: 'd',
  EnableTerminationProtection: true,
};

/** Values that ask for what happens anyway, as the CDK and the AWS CLI send them. */
const harmless = {
  DeletionMode: 'STANDARD',
  DeploymentConfig: { Mode: 'STANDARD' },
  DisableValidation: false,
  ImportExistingResources: true,
  IncludeNestedStacks: true,
  NotificationARNs: [],
  ResourceTypes: [],
  RollbackConfiguration: { RollbackTriggers: [], MonitoringTimeInMinutes: 0 },
};

type Command = new (input: object) => Parameters<sdk.CloudFormationClient['send']>[0];
const models = sdk as unknown as Readonly<Record<string, readonly unknown[] & Command>>;

/** Members of an operation's input in the model of AWS's SDK, which is also botocore's. */
const membersOf = (operation: string): readonly string[] => models[`${operation}Input$`]?.[4] as readonly string[];

async function send(client: sdk.CloudFormationClient, operation: string, input: object): Promise<string> {
  const SendCommand = models[`${operation}Command`] as Command;
  try {
    await client.send(new SendCommand({ ...needed, ...input }));
    return 'answered';
  } catch (error) {
    const { name, message } = error as Error;
    return name === 'NotImplemented' ? message : 'answered';
  }
}

const names = (text = ''): readonly string[] => text.split(' ').filter((name) => name !== '');

describe('the operations of CloudFormation', () => {
  test('are those that the sandbox serves', async () => {
    const { sandbox } = await cloudFormation();
    expect([...(sandbox.operations.get('cloudformation') ?? [])].sort()).toEqual(Object.keys(operations).sort());
  });

  test.each(Object.entries(operations))('%s: each member is honored or refused', (operation, members) => {
    const { honored, refused = {}, withoutEffect } = members;
    const known = [...names(honored), ...names(withoutEffect), ...Object.keys(refused)];
    expect(known.sort()).toEqual([...membersOf(operation)].sort());
  });

  test.each(Object.entries(operations))(
    '%s: what is not honored is refused by its name',
    async (operation, members) => {
      const { client } = await cloudFormation();
      for (const [name, value] of Object.entries(members.refused ?? {})) {
        expect(await send(client, operation, { [name]: value })).toContain(`does not simulate ${name} of ${operation}`);
      }
      expect(await send(client, operation, {})).toBe('answered');
    },
  );

  test.each(['CreateStack', 'UpdateStack', 'CreateChangeSet', 'DeleteStack'])(
    '%s: values that ask for nothing are accepted',
    async (operation) => {
      const { client } = await cloudFormation();
      expect(await send(client, operation, harmless)).toBe('answered');
    },
  );
});
