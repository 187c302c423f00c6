import type { RunSource } from '@crosswind/console/server/snapshot';
import { type ClaimId, claimIds } from '../why/claim-ids.ts';
import type { EvidenceItem, Explanation, Fix } from '../why/explanation.ts';
import { shortArns } from '../why/short-arns.ts';

type Verdict = RunSource['verdicts'][number];
type ClaimModel = Verdict['claims'][number];

/** Claims that a run will not get out of by itself. */
const stuck: readonly ClaimId[] = ['stuck-parent', 'event-lost-without-permission'];

/** Claims that slow a run down, or that somebody should know although it succeeded. */
const firstHeld = claimIds.indexOf('map-run-backlog');
const lastHeld = claimIds.indexOf('failing-items');
const well: readonly ClaimId[] = ['healthy', 'succeeded', 'not-started', 'slow'];

/** Time of an explanation, and what still runs then. */
export interface VerdictTime {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** ARNs of executions that have not ended. */
  readonly open: ReadonlySet<string>;
}

/**
 * An explanation as a page shows it.
 * @param time of a run that goes on: what lasts until then is not over
 */
export function verdictOf(
  { execution: asked, claims, evidence, fixes, runbook }: Explanation,
  time: VerdictTime = { at: Infinity, open: new Set() },
): Verdict {
  return {
    execution: asked,
    claims: claims.map(({ id, sentence, execution, since, for: seconds, certain }) => {
      const from = since === null ? null : Date.parse(since);
      return {
        id,
        gravity: gravityOf(id),
        sentence: shortArns(sentence),
        execution,
        since: from,
        until: from === null || seconds === null ? null : endOf(from + seconds * 1_000, execution, time),
        isCertain: certain,
      };
    }),
    evidence: evidence.map(evidenceOf),
    fixes: fixes.map(fixOf),
    runbook,
  };
}

/** An explanation gives whole seconds. */
const endOf = (until: number, execution: string | null, { at, open }: VerdictTime): number | null =>
  execution !== null && open.has(execution) && until >= at - 1_000 ? null : until;

function gravityOf(id: ClaimId): ClaimModel['gravity'] {
  if (stuck.includes(id)) return 'stuck';
  if (well.includes(id)) return 'well';
  const place = claimIds.indexOf(id);
  return place >= firstHeld && place <= lastHeld ? 'held' : 'bad';
}

function evidenceOf(item: EvidenceItem): Verdict['evidence'][number] {
  switch (item.kind) {
    case 'event': {
      const { kind, id, execution, at, type } = item;
      return { kind, id, execution, at: Date.parse(at), type };
    }
    case 'decision': {
      const { kind, id, action, principal, times, last } = item;
      return { kind, id, action, principal, times, last: last === undefined ? null : Date.parse(last) };
    }
    case 'metric':
      return { kind: 'other', sentence: `${item.id} ${item.statistic === 'Sum' ? '' : 'up to '}${item.value}` };
    case 'log':
      return { kind: 'other', sentence: `${item.group}: ${item.message}` };
  }
}

function fixOf(fix: Fix): Verdict['fixes'][number] {
  switch (fix.kind) {
    case 'statement':
      return {
        kind: 'statement',
        place: shortArns(fix.place),
        text: JSON.stringify(fix.statement, null, 2),
        ...targetOf(fix.place),
      };
    case 'setting':
      return { kind: 'setting', place: shortArns(fix.resource), text: fix.sentence };
    case 'command':
      return { kind: 'command', text: fix.command };
  }
}

/** Target of a statement whose place is a policy of a role, as `crosswind why` writes it. */
function targetOf(place: string): Pick<Extract<Verdict['fixes'][number], { kind: 'statement' }>, 'target'> {
  const [, document, of] = /^(identity policy|trust policy) of (arn:[\w-]+:iam::\d{12}:role\/\S+)$/.exec(place) ?? [];
  if (of === undefined || (document !== 'identity policy' && document !== 'trust policy')) return {};
  return { target: { document, of } };
}
