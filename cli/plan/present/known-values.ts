import { isArray, isObject, type Json } from '@crosswind/aws/json';
import { type NamedResources, withKnownNames } from '../named-resources.ts';
import type { Plan } from '../schema/plan-schema.ts';

interface Values {
  readonly before?: Json;
  readonly after?: Json;
}

/** The plan with construct paths in place of ARNs and generated names in the values that change. */
export function withKnownValues(plan: Plan): Plan {
  const { names, runs } = plan;
  const known = <Value extends Values>(values: readonly Value[]): Value[] =>
    values.map((value) => ({
      ...value,
      ...(value.before !== undefined && { before: knownIn(value.before, names) }),
      ...(value.after !== undefined && { after: knownIn(value.after, names) }),
    }));
  const workflows = runs.workflows.map((workflow) => ({
    ...workflow,
    fields: known(workflow.fields),
    states: workflow.states.map((state) => ({ ...state, fields: known(state.fields) })),
  }));
  return {
    ...plan,
    stops: plan.stops.map((stop) => ({ ...stop, values: known(stop.values) })),
    resources: plan.resources.map((resource) => ({ ...resource, values: known(resource.values) })),
    runs: { ...runs, workflows },
  };
}

function knownIn(value: Json, names: NamedResources): Json {
  if (typeof value === 'string') return withKnownNames(value, names);
  if (isArray(value)) return value.map((item) => knownIn(item, names));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownIn(inner, names)]));
}
