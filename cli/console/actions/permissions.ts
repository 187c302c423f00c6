import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { accountOf } from '@crosswind/aws/arn';
import { type JsonObject, objectOf } from '@crosswind/aws/json';
import { policyCommand } from '@crosswind/console/models/commands';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import { checked } from '../checked.ts';
import {
  type DeployedResource,
  documentIn,
  documentsOf,
  type RoleDocument,
  statementsOf,
  wildcardsFor,
  withDocument,
  withoutAction,
  withProperties,
} from './role-documents.ts';
import { type DeployedStack, type StackContext, stacksOf, updateStack } from './stack-update.ts';

const broken = z.object({ role: z.string(), action: z.string().regex(/^[\w-]+:\w+$/) });

/** Says what would be removed, and the commands that do the same on AWS. Answers `{ commands }`. */
export const breakAnswer =
  (context: StackContext): Handler =>
  async (what) => {
    const { role, action } = checked(broken, what);
    const commands = removals(context, role, action).flatMap(({ stack, documents }) =>
      documents.map(({ document }) => {
        const resolved = documentIn(propertiesOf(stack, document), document);
        return policyCommand(role, document.name, withoutAction(resolved, action).document);
      }),
    );
    return Promise.resolve({ commands });
  };

/**
 * Removes an action from the identity policies of a role with updates of its stacks. Answers with the statements that were
 * removed, by the stack and the policy that they were in.
 */
export const breakAction =
  (context: StackContext): Handler =>
  async (what) => {
    const { role, action } = checked(broken, what);
    const found = removals(context, role, action);
    for (const { stack, documents } of found) await change(context, stack, documents);
    return { role, action, statements: found.flatMap(({ documents }) => documents.flatMap(({ removed }) => removed)) };
  };

const statement = z.looseObject({ Effect: z.enum(['Allow', 'Deny']) });

const fixed = z.object({
  document: z.string(),
  of: z.string(),
  statements: z.array(statement).min(1).max(100),
});

/** Adds statements to the identity policy or the trust policy of a role with an update of its stack. */
export const fixAction =
  (context: StackContext): Handler =>
  async (what) => {
    const { document, of, statements } = checked(fixed, what);
    const added = statements.map((each) => objectOf(each as JsonObject));
    const place = additionTo(context, document, of);
    const { stack, logicalId, before, after } = place(added);
    if (added.every((each) => statementsOf(before).some((known) => isDeepStrictEqual(known, each))))
      throw new Refused(`the ${document} of ${of} has this already`);
    await updateStack(context.sandbox, stack, withProperties(templateOf(stack), new Map([[logicalId, after]])));
    return { document, of };
  };

interface Removal {
  readonly document: RoleDocument;
  readonly stripped: JsonObject;
  readonly removed: readonly JsonObject[];
}

/** Where a role is allowed an action by name. */
function removals(context: StackContext, role: string, action: string) {
  const policies = stacksOf(context, accountOf(role)).map((stack) => ({
    stack,
    documents: documentsOf(role, resourcesOf(stack)),
  }));
  const known = policies.flatMap(({ stack, documents }) => documents.map((document) => ({ stack, document })));
  if (known.length === 0) throw new Refused(`no stack that is deployed gives the role ${role} a policy`);
  const found = policies.flatMap(({ stack, documents }) => {
    const removed = documents.flatMap((document): readonly Removal[] => {
      const own = withoutAction(documentIn(templatePropertiesOf(stack, document), document), action);
      return own.removed.length === 0 ? [] : [{ document, stripped: own.document, removed: own.removed }];
    });
    return removed.length === 0 ? [] : [{ stack, documents: removed }];
  });
  if (found.length > 0) return found;
  const [pattern] = known.flatMap(({ stack, document }) =>
    wildcardsFor(documentIn(propertiesOf(stack, document), document), action),
  );
  throw new Refused(
    pattern === undefined
      ? `no policy of the role ${role} allows ${action}`
      : `${pattern} allows ${action} to the role ${role}: change that in its template`,
  );
}

async function change({ sandbox }: StackContext, stack: DeployedStack, removals: readonly Removal[]): Promise<void> {
  const properties = new Map<string, JsonObject>();
  for (const { document, stripped } of removals) {
    const before = properties.get(document.logicalId) ?? templatePropertiesOf(stack, document);
    properties.set(document.logicalId, withDocument(before, document, stripped));
  }
  await updateStack(sandbox, stack, withProperties(templateOf(stack), properties));
}

/** Where statements are added to a document of a role. */
function additionTo(context: StackContext, document: string, role: string) {
  const stacks = stacksOf(context, accountOf(role));
  const holder = stacks.find((stack) => resourcesOf(stack).some(({ arn }) => arn === role));
  const resource = holder && resourcesOf(holder).find(({ arn }) => arn === role);
  if (document === 'trust policy' && holder && resource) {
    const properties = templatePropertiesOf(holder, resource);
    const before = properties['AssumeRolePolicyDocument'];
    return (added: readonly JsonObject[]) => {
      const trust = { ...objectOf(before), Statement: [...statementsOf(before), ...added] };
      return {
        stack: holder,
        logicalId: resource.logicalId,
        before,
        after: { ...properties, AssumeRolePolicyDocument: trust },
      };
    };
  }
  if (document !== 'identity policy' || !holder || !resource)
    throw new Refused(`a page cannot change the ${document} of ${role}: copy the statement, and change its template`);
  const policies = stacks.flatMap((stack) =>
    documentsOf(role, resourcesOf(stack)).map((policy) => ({ stack, policy })),
  );
  const { stack, policy } = policies[0] ?? { stack: holder, policy: undefined };
  if (!policy) {
    const properties = templatePropertiesOf(holder, resource);
    return (added: readonly JsonObject[]) => {
      const own = { PolicyName: 'crosswind-fix', PolicyDocument: { Version: '2012-10-17', Statement: added } };
      return { stack, logicalId: resource.logicalId, before: undefined, after: { ...properties, Policies: [own] } };
    };
  }
  const properties = templatePropertiesOf(stack, policy);
  const before = documentIn(properties, policy);
  return (added: readonly JsonObject[]) => {
    const after = { ...objectOf(before), Statement: [...statementsOf(before), ...added] };
    return { stack, logicalId: policy.logicalId, before, after: withDocument(properties, policy, after) };
  };
}

const resourcesOf = ({ resources }: DeployedStack): readonly DeployedResource[] =>
  [...resources.values()].flatMap(({ deployed }) => (deployed ? [deployed] : []));

const propertiesOf = (stack: DeployedStack, { logicalId }: Pick<RoleDocument, 'logicalId'>): JsonObject =>
  stack.resources.get(logicalId)?.deployed?.properties ?? {};

const templateOf = ({ input }: DeployedStack) => input?.template ?? { Resources: {} };

/** Properties as the template has them: with intrinsic functions. */
const templatePropertiesOf = (stack: DeployedStack, { logicalId }: Pick<RoleDocument, 'logicalId'>): JsonObject =>
  templateOf(stack).Resources[logicalId]?.Properties ?? {};
