import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { Json, JsonObject } from '@crosswind/aws/json';
import { canonicalResources } from './canonical.ts';

/** Consequence of a change for the physical resource. */
export type Consequence = 'created' | 'deleted' | 'left behind' | 'replaced' | 'may be replaced' | 'changed';

/** A property that differs in two templates. */
export interface PropertyDifference {
  readonly name: string;
  readonly replaces: 'always' | 'maybe' | 'never';
  /** True if only a resource that it refers to is replaced. */
  readonly byReference: boolean;
  readonly before?: Json;
  readonly after?: Json;
}

/** A resource that differs in two templates. Values have intrinsic functions in them. */
export interface ResourceDifference {
  readonly consequence: Consequence;
  readonly properties: readonly PropertyDifference[];
  /** Differences besides properties, such as `DeletionPolicy`. */
  readonly attributes: readonly Omit<PropertyDifference, 'replaces' | 'byReference'>[];
}

const consequences: Readonly<Record<ResourceImpact, Consequence | undefined>> = {
  [ResourceImpact.WILL_CREATE]: 'created',
  [ResourceImpact.WILL_IMPORT]: 'created',
  [ResourceImpact.WILL_DESTROY]: 'deleted',
  [ResourceImpact.WILL_ORPHAN]: 'left behind',
  [ResourceImpact.WILL_REPLACE]: 'replaced',
  [ResourceImpact.MAY_REPLACE]: 'may be replaced',
  [ResourceImpact.WILL_UPDATE]: 'changed',
  [ResourceImpact.NO_CHANGE]: undefined,
};

const replacing = (impact: ResourceImpact | undefined): PropertyDifference['replaces'] => {
  if (impact === ResourceImpact.WILL_REPLACE) return 'always';
  return impact === ResourceImpact.MAY_REPLACE ? 'maybe' : 'never';
};

/**
 * Differences of two sections `Resources`, by logical id. Order, asset digests and what the CDK notes for itself are none.
 * Replacement follows `@aws-cdk/cloudformation-diff`, along references, too.
 */
export function templateDifference(before: Json, after: Json): ReadonlyMap<string, ResourceDifference> {
  const [old, next] = [canonicalResources(before), canonicalResources(after)];
  const { resources } = fullDiff({ Resources: old }, { Resources: next });
  return new Map(
    Object.entries(resources.changes).flatMap(([id, change]): readonly (readonly [string, ResourceDifference])[] => {
      const consequence = consequences[change.changeImpact];
      if (consequence === undefined) return [];
      const properties = Object.entries(change.propertyUpdates).map(([name, { changeImpact }]): PropertyDifference => {
        const [was, is] = [old, next].map((side) => propertyIn(side, id, name));
        return {
          ...{ name, replaces: replacing(changeImpact), byReference: JSON.stringify(was) === JSON.stringify(is) },
          ...(was !== undefined && { before: was }),
          ...(is !== undefined && { after: is }),
        };
      });
      const attributes = Object.entries(change.otherChanges).map(([name, { oldValue, newValue }]) => ({
        name,
        ...(oldValue !== undefined && { before: oldValue as Json }),
        ...(newValue !== undefined && { after: newValue as Json }),
      }));
      return [[id, { consequence, properties, attributes }]];
    }),
  );
}

const propertyIn = (resources: JsonObject, id: string, name: string): Json | undefined => {
  const { Properties } = (resources[id] ?? {}) as { readonly Properties?: JsonObject };
  return Properties?.[name];
};
