import type { JsonObject } from '@crosswind/aws/json';
import { layoutMachine } from '../../graph/layout-machine.ts';
import type { ExecutionModel, ParentModel } from '../../models/executions.ts';
import type { GraphModel } from '../../models/graph.ts';
import {
  accountKey,
  decisionKey,
  executionKey,
  graphKey,
  verdictKey,
  withPatches,
} from '../../models/patches/apply.ts';
import { keyedChange } from '../../models/patches/keyed.ts';
import type { Patch } from '../../models/patches/patch.ts';
import { noSections } from '../../models/sections.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { hasShortText, shortExecution, shortTextsSentence } from '../cuts.ts';
import { startOf, startsIn } from '../parents.ts';
import { executionModel } from '../run-models.ts';
import { definitionsIn, modelsOf } from '../snapshot.ts';
import type { RunSource, SourceExecution, SourceMapRun } from '../source.ts';
import { decisionChange } from './decision-change.ts';
import { batchesPatch, eventsPatch, sectionPatches } from './grown.ts';

/** The models of runs that go on. */
export interface LiveModels {
  readonly snapshot: () => Snapshot;
  /**
   * Takes what is known now. An object of the source that is the same as before is taken as unchanged.
   * @returns patches from the snapshot before to the snapshot now
   */
  readonly take: (source: RunSource) => readonly Patch[];
}

/** Models of a source without anything in it; `take` brings the rest. */
export function liveModels({ title, simulated }: Pick<RunSource, 'title' | 'simulated'>): LiveModels {
  let snapshot = modelsOf({
    ...{ title, simulated, at: 0, accounts: [], executions: [], decisions: [], verdicts: [], sections: noSections },
  });
  const seen: Seen = {
    executions: new Map(),
    mapRuns: new Map(),
    starts: new Map(),
    definitions: new Map(),
    decisions: [],
  };
  return {
    snapshot: () => snapshot,
    take(source) {
      const before = snapshot;
      const step = (patches: readonly Patch[]): readonly Patch[] => {
        snapshot = withPatches(snapshot, patches);
        return patches;
      };
      const listed = step(listPatches(before, source, seen));
      return [...listed, ...step(grownPatches(snapshot, source, seen))];
    },
  };
}

/** Objects of the source that were taken before, by ARNs. */
interface Seen {
  readonly executions: Map<string, SourceExecution>;
  readonly mapRuns: Map<string, SourceMapRun>;
  /** Who started an execution; names of inputs count less than events. */
  readonly starts: Map<string, ParentModel>;
  readonly definitions: Map<string, JsonObject>;
  decisions: RunSource['decisions'];
}

function listPatches(before: Snapshot, source: RunSource, seen: Seen): readonly Patch[] {
  const executionModels = executionsNow(before, source, seen);
  const executions = keyedChange(before.executions, executionModels, executionKey);
  const accounts = keyedChange(
    before.accounts,
    source.accounts,
    accountKey,
    (one, other) => one.id === other.id && one.name === other.name,
  );
  const verdicts = keyedChange(before.verdicts, source.verdicts, verdictKey);
  const decisions = keyedChange(seen.decisions, source.decisions, decisionKey);
  const graphs = keyedChange(before.graphs, graphsNow(before, source, seen), graphKey);
  const known = new Map(decisions && before.decisions.map((decision) => [decision.id, decision]));
  seen.decisions = source.decisions;
  const cut = [...(source.cut ?? []), ...(executionModels.some(hasShortText) ? [shortTextsSentence] : [])];
  return [
    ...(before.at === source.at ? [] : [{ kind: 'time' as const, at: source.at }]),
    ...(accounts ? [{ kind: 'accounts' as const, ...accounts }] : []),
    ...(executions ? [{ kind: 'executions' as const, ...executions }] : []),
    ...(graphs ? [{ kind: 'graphs' as const, ...graphs }] : []),
    ...(decisions
      ? [
          {
            kind: 'decisions' as const,
            gone: decisions.gone,
            put: decisions.put.map(([place, each]) => [place, decisionChange(known.get(each.id), each)] as const),
          },
        ]
      : []),
    ...(verdicts ? [{ kind: 'verdicts' as const, ...verdicts }] : []),
    ...sectionPatches(before.sections, source.sections ?? noSections),
    ...(before.cut.join('\n') === cut.join('\n') ? [] : [{ kind: 'cut' as const, cut }]),
  ];
}

/** Models of the executions; those that did not change are the same objects as before. */
function executionsNow(before: Snapshot, source: RunSource, seen: Seen): readonly ExecutionModel[] {
  const known = new Map(before.executions.map((execution) => [execution.arn, execution]));
  const arns = new Set(source.executions.map(({ executionArn }) => executionArn));
  for (const execution of source.executions) {
    const { executionArn: arn } = execution;
    const last = seen.executions.get(arn);
    if (last === execution) continue;
    const named = last ? undefined : startOf(execution);
    if (named && !seen.starts.has(arn)) seen.starts.set(...named);
    const events = before.events.find((each) => each.execution === arn);
    for (const start of startsIn(execution, events?.total ?? 0)) seen.starts.set(...start);
  }
  return source.executions.map((execution) => {
    const { executionArn: arn } = execution;
    const start = seen.starts.get(arn);
    const parent = start && arns.has(start.arn) ? start : undefined;
    const old = known.get(arn);
    if (old && seen.executions.get(arn) === execution && old.parent === (parent ?? null)) return old;
    const model = shortExecution(executionModel(execution, parent));
    return old && areSame(old, model) ? old : model;
  });
}

const areSame = (one: ExecutionModel, other: ExecutionModel): boolean =>
  (Object.keys(other) as (keyof ExecutionModel)[]).every((field) => one[field] === other[field]);

function graphsNow(before: Snapshot, { executions }: RunSource, { definitions }: Seen): readonly GraphModel[] {
  const known = new Map(before.graphs.map((graph) => [graph.machineArn, graph]));
  return [...definitionsIn(executions)].map(([machineArn, definition]) => {
    const graph = definitions.get(machineArn) === definition ? known.get(machineArn) : undefined;
    definitions.set(machineArn, definition);
    return graph ?? layoutMachine(machineArn, definition);
  });
}

/** Events and batches that are new, of executions that the snapshot has. */
function grownPatches(now: Snapshot, { executions }: RunSource, seen: Seen): readonly Patch[] {
  const events = new Map(now.events.map((each) => [each.execution, each]));
  const batches = new Map(now.batches.map((each) => [each.mapRunArn, each]));
  const patches = executions.flatMap((execution): readonly Patch[] => {
    const { executionArn: arn, mapRuns } = execution;
    if (seen.executions.get(arn) === execution) return [];
    const isNew = (mapRun: SourceMapRun): boolean =>
      seen.mapRuns.get(mapRun.mapRunArn) !== mapRun || !batches.has(mapRun.mapRunArn);
    const changed = mapRuns.filter(isNew);
    for (const mapRun of changed) seen.mapRuns.set(mapRun.mapRunArn, mapRun);
    return [
      ...eventsPatch(events.get(arn), execution),
      ...changed.flatMap((mapRun) => batchesPatch(batches.get(mapRun.mapRunArn), arn, mapRun)),
    ];
  });
  seen.executions.clear();
  for (const execution of executions) seen.executions.set(execution.executionArn, execution);
  return patches;
}
