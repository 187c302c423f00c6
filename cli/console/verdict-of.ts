import type { RunSource } from '@crosswind/console/server/snapshot';
import { type ClaimId, claimIds } from '../why/claim-ids.ts';
import type { EvidenceItem, Explanation, Fix } from '../why/explanation.ts';
import { shortArns } from '../why/short-arns.ts';

type Verdict = RunSource['verdict'];
type ClaimModel = Verdict['claims'][number];

/** Claims that a run will not get out of by itself. */
const stuck: readonly ClaimId[] = ['stuck-parent', 'event-lost-without-permission'];

/** Claims that slow a run down, or that somebody should know although it succeeded. */
const firstHeld = claimIds.indexOf('map-run-backlog');
const lastHeld = claimIds.indexOf('failing-items');
const well: readonly ClaimId[] = ['healthy', 'succeeded', 'not-started', 'slow'];

/** An explanation as a page shows it. */
export function verdictOf({ claims, evidence, fixes, runbook }: Explanation): Verdict {
  return {
    claims: claims.map(({ id, sentence, execution, since, for: seconds, certain }) => {
      const from = since === null ? null : Date.parse(since);
      return {
        id,
        gravity: gravityOf(id),
        sentence: shortArns(sentence),
        execution,
        since: from,
        until: from === null || seconds === null ? null : from + seconds * 1_000,
        isCertain: certain,
      };
    }),
    evidence: evidence.map(evidenceOf),
    fixes: fixes.map(fixOf),
    runbook,
  };
}

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
      return { kind: 'statement', place: shortArns(fix.place), text: JSON.stringify(fix.statement, null, 2) };
    case 'setting':
      return { kind: 'setting', place: shortArns(fix.resource), text: fix.sentence };
    case 'command':
      return { kind: 'command', text: fix.command };
  }
}
