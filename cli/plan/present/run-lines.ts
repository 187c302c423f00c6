import type { Json } from '@crosswind/aws/json';
import { count, countOf } from '../../count.ts';
import { duration } from '../../duration.ts';
import type { Plan } from '../schema/plan-schema.ts';
import { code, type Line, line, separated, type Span, strong, withMore } from './line.ts';
import { type AccountNames, accountsOf, valuesSpans } from './names.ts';

type Workflow = Plan['runs']['workflows'][number];
type State = Workflow['states'][number];
type Estimate = Plan['runs']['estimates'][number];
type Check = Plan['contract']['checks'][number];
type Difference = Check['differences'][number];

/** Workflows that change, state by state, and duration and cost of a run. */
export const runLines = ({ workflows, estimates }: Plan['runs'], names: AccountNames): readonly Line[] => [
  ...workflows.flatMap((workflow) => workflowLines(workflow, names)),
  ...estimates.flatMap(estimateLines),
];

function workflowLines({ kind, places, fields, states }: Workflow, names: AccountNames): readonly Line[] {
  const [first] = places;
  if (!first) return [];
  const others = places.length > 1 ? ` and ${countOf(places.length - 1, 'workflow')} like it` : '';
  const where = accountsOf(
    places.map(({ account }) => account),
    names,
  );
  const who: readonly Span[] = ['workflow ', code(first.name), `${others} `, ...where];
  const more = places.length > 1 ? places.map(({ name, account }) => line`${code(name)} in ${code(account)}`) : [];
  if (kind !== 'changed') return [withMore(line`${strong(kind === 'added' ? 'Added' : 'Removed')}: ${who}.`, more)];
  const lines = [
    ...(fields.length > 0 ? [line`${strong('Changed')}: ${who}: ${valuesSpans(fields)}.`] : []),
    ...states.map(
      (state) => line`${strong(stateVerbs[state.kind])}: state ${pathSpan(state)}${stateSpans(state)} of ${who}.`,
    ),
  ];
  return lines.map((each) => withMore(each, more));
}

const stateVerbs = { added: 'Added', removed: 'Removed', changed: 'Changed', renamed: 'Renamed' } as const;

const pathSpan = ({ path, type }: State): readonly Span[] => [code(path.join(' / ')), ` (${type})`];

function stateSpans({ kind, formerName, fields }: State): readonly Span[] {
  if (kind === 'renamed') return [', which was ', code(formerName ?? '')];
  return fields.length === 0 ? [] : [': ', ...valuesSpans(fields)];
}

function estimateLines({ tenant, wave, alike, before, after }: Estimate): readonly Line[] {
  const others = alike.length > 0 ? ` and ${countOf(alike.length, 'placement')} like it` : '';
  const [old, next] = [before.figures, after.figures];
  const items = next && next.items > 0 ? ` over ${count(next.items)} items` : '';
  const who: readonly Span[] = ['A run of ', code(tenant), ' in wave ', code(wave), `${others}${items}`];
  if (!old || !next) {
    const reason = after.missing ?? before.missing ?? 'it was not simulated';
    return [line`${who}: no estimate: ${code(reason)}.`];
  }
  const differences = [
    ...differs('items', count(old.items), count(next.items)),
    ...differs('duration', duration(old.seconds * 1_000), duration(next.seconds * 1_000)),
    ...differs('cost', dollars(old.dollars), dollars(next.dollars)),
    ...differs('status', old.error ?? old.status, next.error ?? next.status),
    ...differs('alarms', old.alarms.join(', ') || 'none', next.alarms.join(', ') || 'none'),
    ...differs('denied calls', String(old.deniedCalls), String(next.deniedCalls)),
    ...differs('throttled invocations', String(old.throttledInvocations), String(next.throttledInvocations)),
  ];
  if (differences.length === 0) {
    return [line`${who}: ${duration(next.seconds * 1_000)} and ${dollars(next.dollars)}, as before.`];
  }
  return [line`${who}: ${separated(differences)}.`];
}

const differs = (what: string, before: string, after: string): readonly Span[] =>
  before === after ? [] : [code(`${what} ${before} → ${after}`)];

const dollars = (amount: number): string => `$${amount.toFixed(amount < 1 ? 4 : 2)}`;

/** Mixes of old and new stages in which the sample ends otherwise, then what could not be run. */
export const contractLines = (checks: Plan['contract']['checks']): readonly Line[] =>
  checks.flatMap(({ tenant, wave, differences, missing, alike }) => {
    const others = alike.length > 0 ? ` and ${countOf(alike.length, 'placement')} like it` : '';
    const who: readonly Span[] = [code(tenant), ' in wave ', code(wave), others];
    if (missing !== undefined) return [line`${who}: old and new stages were not run together: ${code(missing)}.`];
    return differences.map((difference) => differenceLine(difference, who));
  });

function differenceLine(difference: Difference, who: readonly Span[]): Line {
  const { mix, what, stage, workflow, state, path, object, old, mixed, error, cause, missed } = difference;
  const stages = separated(
    Object.entries(mix.stages).map(([name, version]) => code(`${version} ${name}`)),
    ' with ',
  );
  const at: readonly Span[] = [
    ...(state === undefined ? [] : [' in state ', code(state)]),
    ...(path === undefined ? [] : [' at ', code(path)]),
    ...(object === undefined ? [] : [' of ', code(object)]),
  ];
  const misses: readonly Span[] = missed
    ? ['; it reads ', code(missed.path), ', expected ', valueSpan(missed.expected), ', got ', valueSpan(missed.got)]
    : [];
  // Both versions succeed with it: a value that the new side takes by default differs, too.
  const looksAt = (what === 'output' || what === 'object') && !missed;
  const more = [
    ...(error === undefined ? [] : [line`Error: ${code(error)}`]),
    ...(cause === undefined ? [] : [line`Cause: ${code(cause, 400)}`]),
  ];
  return withMore(
    line`${looksAt ? [strong('To look at'), ': '] : []}${who}, ${mix.during}, ${stages}: the ${what} of ${code(stage)} (${code(workflow)})${at} is ${valueSpan(mixed ?? error)} instead of ${valueSpan(old)}${misses}.`,
    more,
  );
}

const valueSpan = (value: Json | undefined): Span =>
  value === undefined ? 'nothing' : code(typeof value === 'string' && value !== '' ? value : JSON.stringify(value), 60);

/** The fixed cost of a month, if it changes. */
export function costLines({ total, items }: Plan['fixedCost']): readonly Line[] {
  const range = ({ least, most }: { readonly least: number; readonly most: number }): string =>
    least.toFixed(2) === most.toFixed(2) ? `$${least.toFixed(2)}` : `$${least.toFixed(2)} to $${most.toFixed(2)}`;
  if (items.length === 0) return [];
  return [
    withMore(
      line`${strong('Fixed cost of a month')}: ${range(total.before)} → ${range(total.after)}.`,
      items.map(
        ({ service, item, cost }) => line`${code(`${service}, ${item}`)}: ${range(cost.before)} → ${range(cost.after)}`,
      ),
    ),
  ];
}
