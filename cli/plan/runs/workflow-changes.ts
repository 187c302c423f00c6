import { defined, type JsonObject, textOf, without } from '@crosswind/aws/json';
import type { Platform } from '../../../config/schema.ts';
import { placementId } from '../../../config/construct-ids.ts';
import { fieldChanges } from './field-changes.ts';
import type { ResolvedSide } from './running.ts';
import { readStateMachine } from './read-state-machine.ts';
import type { TenantInWave, WorkflowChange, WorkflowPlace } from './run-data.ts';
import { grouped, shapeOf } from './shape-of.ts';
import { stateChanges } from './state-changes.ts';

type TenantStacks = Pick<ResolvedSide, 'stacks'> & { readonly platform: Pick<Platform, 'tenants'> };

/** Workflows that are added, removed or changed; those whose changes have the same shape are one. Pure. */
export function workflowChanges(before: TenantStacks, after: TenantStacks): readonly WorkflowChange[] {
  const [old, young] = [workflowsIn(before), workflowsIn(after)];
  const changes = [...new Set([...young.keys(), ...old.keys()])]
    .sort()
    .flatMap((key) => changeOf(old.get(key), young.get(key)));
  const folded = grouped(changes, ({ place, change, content }) =>
    shapeOf({ name: place.name, change, content }, place),
  ).map((group): WorkflowChange => {
    const [{ change }] = group;
    return { ...change, places: group.map(({ place }) => place) };
  });
  return (['changed', 'added', 'removed'] as const).flatMap((kind) => folded.filter((change) => change.kind === kind));
}

/** The tenants of a platform in their waves, by the construct id of their stage. */
const tenantsByPlacement = ({ tenants }: Pick<Platform, 'tenants'>): ReadonlyMap<string, TenantInWave> =>
  new Map(
    tenants.flatMap(({ name: tenant, waves }) =>
      Object.keys(waves).map((wave) => [placementId(wave, tenant), { tenant, wave }] as const),
    ),
  );

interface Workflow {
  readonly place: WorkflowPlace;
  readonly definition: JsonObject;
  /** Fields of the resource. */
  readonly resource: JsonObject;
}

/** Workflows by account, name and region. */
function workflowsIn({ stacks, platform }: TenantStacks): ReadonlyMap<string, Workflow> {
  const tenants = tenantsByPlacement(platform);
  const found = stacks.flatMap((stack) => {
    const tenant = tenants.get(stack.path.split('/')[1] ?? '');
    const machines = stack.resources.filter(({ type }) => type === 'AWS::StepFunctions::StateMachine');
    return machines.map((resource): Workflow => {
      const machine = readStateMachine(stack, resource);
      const { name, account, region, definition, type, logGroupArn, traced } = machine;
      const place = { name, account, region, stack: stack.path, ...(tenant && { tenant }) };
      return {
        place,
        definition,
        resource: defined({ StateMachineType: type, LogGroupArn: logGroupArn, Traced: traced }),
      };
    });
  });
  return new Map(found.map((workflow) => [keyOf(workflow.place), workflow]));
}

const keyOf = ({ account, name, region }: WorkflowPlace): string => `${account} ${name} ${region}`;

interface PlacedChange {
  readonly place: WorkflowPlace;
  readonly change: Omit<WorkflowChange, 'places'>;
  /** Definition of a workflow that only one side has. */
  readonly content?: JsonObject;
}

function changeOf(before: Workflow | undefined, after: Workflow | undefined): readonly PlacedChange[] {
  if (!before || !after) {
    const only = after ?? before;
    if (!only) return [];
    const { place, definition: content } = only;
    return [{ place, change: { kind: after ? 'added' : 'removed', fields: [], states: [] }, content }];
  }
  const { states, renamed } = stateChanges(before.definition, after.definition);
  const fieldsOf = ({ definition, resource }: Workflow): JsonObject => ({
    ...without(definition, 'States'),
    ...resource,
  });
  const old = fieldsOf(before);
  const start = renamed.get(textOf(old['StartAt']));
  const fields = fieldChanges({ ...old, ...(start !== undefined && { StartAt: start }) }, fieldsOf(after));
  if (fields.length === 0 && states.length === 0) return [];
  return [{ place: after.place, change: { kind: 'changed', fields, states } }];
}
