import type { Template } from '@crosswind/assembly/template';
import { denialMessage } from '@crosswind/iam/denial-message';
import { messageOf } from '@crosswind/aws/problem';
import { Refused } from '@crosswind/console/server/handlers';
import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { administrator } from '../../local/administrator.ts';
import type { ConsoleContext } from '../console-context.ts';

/** A stack that is deployed. */
export type DeployedStack = ReturnType<Sandbox['cloudFormation']['stacks']['living']>[number];

/** Stacks of an account that are deployed, in all regions of the page. */
export function stacksOf({ sandbox, stacks, accounts }: StackContext, account: string): readonly DeployedStack[] {
  const places = [...accounts.map(({ id, region }) => ({ account: id, region })), ...stacks];
  const regions = new Set(places.filter((place) => place.account === account).map(({ region }) => region));
  return [...regions].flatMap((region) => sandbox.cloudFormation.stacks.living({ account, region }));
}

export type StackContext = Pick<ConsoleContext, 'sandbox' | 'stacks' | 'accounts'>;

/**
 * Updates a stack to another template as the administrator of its account, with the calls and the refusals of
 * CloudFormation. What it changes is in the log of changes, with its virtual time.
 *
 * @throws Refused
 */
export async function updateStack(sandbox: Sandbox, stack: DeployedStack, template: Template): Promise<void> {
  const { id, name, account, region, input } = stack;
  if (!input) throw new Refused(`stack ${name} of account ${account} has no template`);
  const principal = administrator(sandbox, account, region);
  const request = {
    principal,
    action: 'cloudformation:UpdateStack',
    resource: id,
    resourceAccount: account,
    context: { 'aws:RequestedRegion': region },
  };
  const decision = sandbox.authorize(request);
  if (!decision.allowed) throw new Refused(denialMessage(request, decision));
  const wanted = { ...input, template, templateBody: JSON.stringify(template) };
  try {
    await sandbox.cloudFormation.update(stack, wanted, false, { actor: { principal, isCaller: true } });
  } catch (error) {
    throw new Refused(messageOf(error));
  }
  if (stack.status === 'UPDATE_COMPLETE') return;
  const failed = stack.events.findLast(({ status }) => status === 'UPDATE_FAILED');
  throw new Refused(
    `stack ${name} of account ${account} is in ${stack.status}: ${failed?.reason ?? stack.statusReason ?? ''}`,
  );
}
