import { createHash } from 'node:crypto';
import { bootstrapQualifier } from '../../config/bootstrap.ts';
import { type AccountKind, jobsOf } from '../../config/account-kinds.ts';
import { boundary } from '../../policies/organization/boundary.ts';
import { executionPolicy } from '../../policies/organization/execution-policy.ts';
import {
  type Guarded,
  guardNames,
  type GuardPolicy,
  stackOfStackSetPrefix,
} from '../../policies/organization/guarded.ts';
import { accountRoles } from './account-roles.ts';
import { hasLink, hasSink, hasSinkParameter, link, sink, sinkArnParameter } from './observability.ts';
import { pruned, ref, sub, type Template, type TemplateResource, type Value, withProperties } from './template.ts';
import { withNarrowTrust } from './trust.ts';

export interface BaselineTemplateProps {
  /** The template of `cdk bootstrap`. */
  readonly bootstrap: Template;
  readonly kind: AccountKind;
  readonly guarded: Guarded;
  /** Region of the platform. IAM knows no regions, so the baseline there brings what the account has once. */
  readonly homeRegion: string;
}

/** Name of its stack where the script deploys it: that of the CDK's bootstrap, which it is. */
export const toolkitStackName = `${bootstrapQualifier}-toolkit`;

/** True if a StackSet has deployed the stack of that name. */
export const isOfStackSet = (stack: string): boolean => stack.startsWith(stackOfStackSetPrefix);

/** True if the stack of that name is a baseline, whatever has deployed it. */
export const isBaselineStack = (stack: string): boolean => stack === toolkitStackName || isOfStackSet(stack);

/** Parameter of Parameter Store with the digest of the baseline, in each region. Names of its stacks differ. */
export const digestParameter = `/cdk-bootstrap/${bootstrapQualifier}/baseline`;

/** Provenance of the bootstrap. The command line of the CDK replaces none of another provenance with its own. */
export const bootstrapVariant = 'Crosswind: account baseline';

/**
 * The baseline of accounts of a kind: the bootstrap of the CDK with narrow trust, the policy and boundary of what
 * CloudFormation may do, the roles that the pipeline's account uses, and the sink or the link to it. It is one template
 * for all accounts of the kind, so that a StackSet can deploy it.
 */
export function baselineTemplate({ bootstrap, kind, guarded, homeRegion }: BaselineTemplateProps): Template {
  const trusted = withNarrowTrust(withParameters(bootstrap, kind, homeRegion), guarded, kind);
  const bound = withoutExample(
    withProperties(
      withProperties(trusted, 'StagingBucket', { AccessControl: undefined }),
      'CloudFormationExecutionRole',
      {
        ManagedPolicyArns: [{ 'Fn::If': ['IsHomeRegion', ref('ExecutionPolicy'), sub(executionPolicyArn)] }],
        PermissionsBoundary: undefined,
      },
    ),
  );
  const template = pruned({
    ...bound,
    Description: `Crosswind account baseline (${kind}): bootstrap of the CDK, guards and observability`,
    Conditions: {
      ...bound.Conditions,
      IsHomeRegion: { 'Fn::Equals': [ref('AWS::Region'), ref('HomeRegion')] },
      ...(jobsOf(kind).includes('monitoring') ? { HasSink: hasSink } : { HasLink: hasLink }),
    },
    Resources: { ...bound.Resources, ...ownResources(guarded, kind) },
    Outputs: {
      ...bound.Outputs,
      Variant: { Description: 'Provenance of this bootstrap', Value: ref('BootstrapVariant') },
      ...(jobsOf(kind).includes('monitoring') && {
        SinkArn: {
          Condition: 'HasSink',
          Description: 'ARN that accounts link to in this region',
          Value: { 'Fn::GetAtt': ['Sink', 'Arn'] },
        },
      }),
    },
  });
  return { ...template, Resources: { ...template.Resources, BaselineDigest: digestResource(digestOf(template)) } };
}

const executionPolicyArn = `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${guardNames.execution}`;

/** The template without the boundary that the CDK gives as an example. */
function withoutExample(template: Template): Template {
  const Resources = Object.entries(template.Resources).filter(([id]) => id !== 'CdkBoostrapPermissionsBoundaryPolicy');
  return { ...template, Resources: Object.fromEntries(Resources) };
}

const digestResource = (digest: string): TemplateResource => ({
  Type: 'AWS::SSM::Parameter',
  Properties: {
    Name: digestParameter,
    Type: 'String',
    Description: 'Digest of the baseline, which preflight compares with that of the platform',
    Value: digest,
  },
});

const digestOf = (template: Template): string =>
  createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 16);

function withParameters(template: Template, kind: AccountKind, homeRegion: string): Template {
  const { Parameters } = template;
  const defaulted = (name: string, value: string): Readonly<Record<string, Value>> => ({
    [name]: { ...(Parameters[name] as Readonly<Record<string, Value>>), Default: value },
  });
  return {
    ...template,
    Parameters: {
      ...Parameters,
      ...defaulted('Qualifier', bootstrapQualifier),
      // A key of its own would cost a dollar in every account, and publishing would need its policy.
      ...defaulted('FileAssetsBucketKmsKeyId', 'AWS_MANAGED_KEY'),
      ...defaulted('BootstrapVariant', bootstrapVariant),
      HomeRegion: { Type: 'String', Default: homeRegion, Description: 'Region in which the account has its roles' },
      ...(jobsOf(kind).includes('monitoring') ? { HasSink: hasSinkParameter } : { SinkArn: sinkArnParameter }),
    },
  };
}

function ownResources(guarded: Guarded, kind: AccountKind): Readonly<Record<string, TemplateResource>> {
  const once = {
    ExecutionPolicy: managedPolicy(guardNames.execution, executionPolicy(guarded, kind)),
    Boundary: managedPolicy(guardNames.boundary, boundary(guarded, kind)),
    ...accountRoles(guarded, kind),
  };
  return {
    ...Object.fromEntries(
      Object.entries(once).map(([id, resource]) => [id, { ...resource, Condition: 'IsHomeRegion' }]),
    ),
    ...(jobsOf(kind).includes('monitoring') ? { Sink: sink(guarded.organizationId) } : { Link: link }),
  };
}

const managedPolicy = (ManagedPolicyName: string, document: GuardPolicy): TemplateResource => ({
  Type: 'AWS::IAM::ManagedPolicy',
  Properties: { ManagedPolicyName, PolicyDocument: document as unknown as Value },
});
