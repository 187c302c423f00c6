import { CfnGroup, CfnManagedPolicy, CfnPolicy, CfnRole, CfnUser } from 'aws-cdk-lib/aws-iam';
import { type IPolicyValidationPlugin, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { type Json, isObject, listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Ledger } from './ledger.ts';

/**
 * The plugin, with each finding that a waiver accepts acknowledged on the very resource that it is about: the CDK then
 * lists it as suppressed, with reason and owner. The CDK's own acknowledgements know exact ids only, which hold logical
 * ids; hence this search. It acknowledges while the plugins run, because the CDK collects acknowledgements after them.
 */
export const waived = (plugin: IPolicyValidationPlugin, ledger: Ledger): IPolicyValidationPlugin => ({
  name: plugin.name,
  version: plugin.version,
  ruleIds: plugin.ruleIds,
  validate(context) {
    const report = plugin.validate(context);
    for (const { ruleName: rule, violatingResources } of report.violations) {
      for (const { constructPath: path = '' } of violatingResources) {
        const construct = constructAt(context.appConstruct, path);
        const waiver =
          construct && ledger.accept({ rule, path, actionsOnEverything: () => actionsOnEverything(construct) });
        if (!waiver) continue;
        // The long form leaves a trace in the report; the bare id would suppress without one.
        Validations.of(construct).acknowledge({
          id: `${plugin.name}::${rule}`,
          reason: `${waiver.reason} (${waiver.owner})`,
        });
      }
    }
    return report;
  },
});

function constructAt(root: IConstruct, path: string): IConstruct | undefined {
  if (path === '') return undefined;
  return path.split('/').reduce<IConstruct | undefined>((scope, id) => scope?.node.tryFindChild(id), root);
}

/** The actions that the policies of an IAM resource allow on resource `*`. */
function actionsOnEverything(construct: IConstruct): readonly string[] {
  return (
    documentsOf(construct)
      .map((document) => Stack.of(construct).resolve(document) as Json)
      .flatMap((document) => manyOf(objectOf(document)['Statement']))
      .filter(isObject)
      .filter(({ Effect, Resource }) => Effect === 'Allow' && manyOf(Resource).includes('*'))
      // `NotAction` allows whatever is not named.
      .flatMap(({ Action }) => manyOf(Action ?? '*').map(textOf))
  );
}

function documentsOf(construct: IConstruct): readonly unknown[] {
  if (construct instanceof CfnPolicy || construct instanceof CfnManagedPolicy) return [construct.policyDocument];
  if (construct instanceof CfnRole || construct instanceof CfnUser || construct instanceof CfnGroup) {
    const policies = Stack.of(construct).resolve(construct.policies) as Json | undefined;
    return listOf(policies).map((policy) => objectOf(policy)['policyDocument']);
  }
  return [];
}

const manyOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value];
