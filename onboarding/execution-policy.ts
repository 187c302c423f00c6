import { deploymentActions } from '@crosswind/aws/deployment';
import { partitionOf } from '@crosswind/aws/partition';
import { bootstrapQualifier } from '../config/bootstrap.ts';

/** Name of the policy in each account. */
export const executionPolicyName = 'crosswind-execution';

interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Statement[];
}

/**
 * Policy of CloudFormation's execution role in an account. It allows everything in the services that the account's
 * templates use. IAM is allowed for the platform's own roles and policies only, not for those of the bootstrap.
 *
 * The policy limits accidents and foreign services, but not a malicious change of the templates: a role that they
 * create may have any permission. That is why reviews and policy checks come before the merge.
 */
export function executionPolicy(resourceTypes: Iterable<string>, region: string): PolicyDocument {
  const partition = partitionOf(region);
  const actions = [...new Set([...resourceTypes].flatMap(deploymentActions))].sort();
  const services = actions.filter((action) => action !== 'iam:*' && !coveredBy(actions, action));
  const iam = (...names: readonly string[]): readonly string[] =>
    names.map((name) => `arn:${partition}:iam::*:${name}`);
  return {
    Version: '2012-10-17',
    Statement: [
      ...(services.length > 0 ? [{ Sid: 'Services', Effect: 'Allow', Action: services, Resource: '*' } as const] : []),
      ...(actions.includes('iam:*')
        ? [
            {
              Sid: 'OwnRoles',
              Effect: 'Allow',
              Action: 'iam:*',
              // Every stack is called crosswind-…, the pipeline's Crosswind; generated names start with the stack's.
              Resource: iam('role/crosswind-*', 'role/Crosswind-*', 'policy/crosswind-*', 'policy/Crosswind-*'),
            } as const,
          ]
        : []),
      {
        Sid: 'BootstrapVersion',
        Effect: 'Allow',
        Action: ['ssm:GetParameter', 'ssm:GetParameters'],
        Resource: `arn:${partition}:ssm:*:*:parameter/cdk-bootstrap/${bootstrapQualifier}/*`,
      },
      {
        Sid: 'Assets',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion'],
        Resource: `arn:${partition}:s3:::cdk-${bootstrapQualifier}-assets-*`,
      },
      {
        Sid: 'NotThisPolicy',
        Effect: 'Deny',
        Action: 'iam:*',
        Resource: iam(`policy/${executionPolicyName}`),
      },
      {
        Sid: 'NoAdministrators',
        Effect: 'Deny',
        Action: 'iam:AttachRolePolicy',
        Resource: '*',
        Condition: { ArnEquals: { 'iam:PolicyARN': `arn:${partition}:iam::aws:policy/AdministratorAccess` } },
      },
    ],
  };
}

const coveredBy = (actions: readonly string[], action: string): boolean =>
  !action.endsWith(':*') && actions.includes(`${action.slice(0, action.indexOf(':'))}:*`);
