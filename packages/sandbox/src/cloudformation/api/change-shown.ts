import { defined, type JsonObject, textOf } from '@crosswind/aws/json';
import type { ResourceChange } from '../stacks/resource-change.ts';

/** A change as "DescribeChangeSet" gives it (API reference: "ResourceChange"). */
export const changeOf = (change: ResourceChange, withValues: boolean): JsonObject =>
  defined({
    PolicyAction:
      change.action === 'Remove'
        ? change.policy === 'Delete'
          ? 'Delete'
          : 'Retain'
        : change.replacement === 'True'
          ? change.policy === 'Delete'
            ? 'ReplaceAndDelete'
            : 'ReplaceAndRetain'
          : undefined,
    Action: change.action,
    LogicalResourceId: change.logicalId,
    PhysicalResourceId: change.physicalId,
    ResourceType: change.type,
    Replacement: change.replacement,
    Scope: scopeOf(change),
    Details: change.properties.map(
      ({ path, name, attribute, attributeChangeType, before, after, requiresRecreation }) => ({
        Target: defined({
          Attribute: attribute,
          Name: name,
          RequiresRecreation: requiresRecreation,
          ...(withValues && {
            Path: path,
            BeforeValue: before === undefined ? undefined : textOf(before),
            AfterValue: after === undefined ? undefined : textOf(after),
          }),
          AttributeChangeType: attributeChangeType,
        }),
        Evaluation: 'Static',
        ChangeSource: 'DirectModification',
      }),
    ),
  });

function scopeOf({ action, properties }: ResourceChange): readonly string[] {
  if (action !== 'Modify') return [];
  const attributes = new Set<string>(properties.map(({ attribute }) => attribute));
  return attributes.size > 0 ? [...attributes] : ['Metadata'];
}
