import { z } from 'zod';

const kind = z
  .enum(['role', 'account', 'everyone', 'service', 'provider'])
  .describe('`account`: anyone whom that account lets do it. `everyone`: any account and none.');

export const accessChange = z
  .strictObject({
    kind,
    principal: z.string(),
    account: z.string().describe('Account of the principal; empty if it has none.'),
    action: z.string().describe('An action, or a pattern as the policy writes it.'),
    resource: z.string().describe('An ARN, or a pattern as the policy writes it.'),
    resourceAccount: z.string().describe('Account that owns the resource; empty if it is not known.'),
    request: z
      .strictObject({ action: z.string(), resource: z.string(), context: z.record(z.string(), z.string()) })
      .describe('Request that is allowed after, and was not before.'),
    certain: z.boolean().describe('False if it depends on values that no template has.'),
    because: z.enum(['allowed', 'no longer denied', 'boundary removed']),
    policy: z.string().describe('Policy whose difference makes it possible.'),
    path: z.string().describe('Construct path of the role or resource that has the policy.'),
    neededBy: z
      .array(z.string())
      .describe('Calls that were denied before and need it. Empty: called by nobody, remove it.'),
    accepted: z.string().optional().describe('Reason of the waiver that accepts it although no call needs it.'),
  })
  .describe('Something that was not possible before.');

export const renamedRole = z
  .strictObject({
    before: z.string().describe('ARN.'),
    after: z.string().describe('ARN.'),
    path: z.string(),
    sameAccess: z.boolean().describe('True if the name is the only difference.'),
  })
  .describe('The same role under another name.');

const granted = { actions: z.array(z.string()), conditions: z.array(z.string()) };

export const trustChange = z
  .strictObject({
    change: z.enum(['added', 'removed', 'changed', 'same']),
    kind,
    from: z.string(),
    fromKind: z.string().describe('Kind of the account of `from`; `other` for one outside of the platform.'),
    to: z.string().describe('ARN of the role or resource.'),
    toKind: z.string(),
    toAccount: z.string(),
    ...granted,
    before: z.strictObject(granted).optional().describe('What it was before, of a change.'),
  })
  .describe('Someone who may do something by the policy of a role or resource itself.');
