import { expect } from 'vitest';
import type { JsonObject } from '@crosswind/aws/json';
import type { TemplateResource } from '@crosswind/assembly/template';
import { DeploymentRefused } from '../../src/cloudformation/refusal.ts';
import { type LiteralStack, type Resources, arnOf, sandboxWith, stacksOf } from '../../src/testing/literals.ts';

export const account = '444444444444';
export const other = '555555555555';

/** Deploys a stack into an empty strict sandbox, or after others; returns `code: message` of the refusal, if it is refused. */
export async function refusalOf(resources: Resources, ...before: readonly LiteralStack[]): Promise<string | undefined> {
  const sandbox = await sandboxWith(before, { strict: true });
  try {
    for (const stack of stacksOf(...before, { account, resources }).slice(before.length)) await sandbox.deploy(stack);
    return undefined;
  } catch (error) {
    if (!(error instanceof DeploymentRefused)) throw error;
    expect(error.message).toContain(`: ${error.code}: `);
    return error.message;
  }
}

export const withProperties = (resource: TemplateResource, properties: JsonObject): TemplateResource => ({
  ...resource,
  Properties: { ...resource.Properties, ...properties },
});

export const answer = 'export const handler = () => 1;';
export const pass = { Done: { Type: 'Pass', End: true } };
/** Actions that a role needs so that its state machine can log. */
export const loggingActions = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
/** A state machine that logs to the log group with the logical id `Logs`. */
export const logging = {
  LoggingConfiguration: {
    Level: 'ALL',
    Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: arnOf('Logs') } }],
  },
};
