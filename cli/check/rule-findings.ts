import { artifactBytesOf } from '../../policies/evidence/artifact-bytes.ts';
import { evidenceOf } from '../../policies/evidence/evidence.ts';
import { Ledger, type WaiverProblem } from '../../policies/ledger.ts';
import { isOfReach } from '../../policies/reach/accepted.ts';
import { rules } from '../../policies/rules/index.ts';
import type { Evidence, Finding, Rule } from '../../policies/rules/rule.ts';
import type { SourcePlace } from '../../policies/source-place.ts';
import type { Accepted, Found } from './check-report.ts';
import { type Judged, unjudged, type Verdict } from './verdict.ts';
import type { JudgeInputs } from './judge-inputs.ts';

/** Ids of our rules. Those of packs, such as cdk-nag's, are no single word of capitals. */
const ownRule = /^[A-Z]+-\d+$/;

/** Findings of our rules, and problems of the waivers. Only a synth knows whether a waiver of cdk-nag accepts something. */
export function ruleFindings({ directory, assembled }: Judged, { waivers, circumstances }: JudgeInputs): Verdict {
  const evidence = evidenceOf(assembled, { ...circumstances, artifactBytes: artifactBytesOf(directory) });
  const ofRules = waivers.filter((waiver) => !isOfReach(waiver));
  const ledger = new Ledger(ofRules.filter(({ rule }) => ownRule.test(rule)));
  const ofPacks = new Ledger(ofRules.filter(({ rule }) => !ownRule.test(rule)));
  const [found, accepted]: [Found[], Accepted[]] = [[], []];
  for (const each of rules.flatMap((rule) => findingsOf(rule, evidence))) {
    const { id, path = '' } = each;
    const waiver = ledger.accept({ rule: id, path, actionsOnEverything: () => [] });
    if (waiver) accepted.push({ ...each, reason: waiver.reason, owner: waiver.owner });
    else found.push(each);
  }
  const problems = [
    ...ledger.problems(circumstances),
    ...ofPacks.problems(circumstances).filter(({ rule }) => rule === 'WAIVER-2'),
  ];
  return { found: [...found, ...problems.map(ofWaiver)], accepted };
}

/** Findings of one rule, each once: a stack that could be deployed in two ways has most of them twice. */
function findingsOf(rule: Rule, evidence: Evidence): readonly Found[] {
  let findings: readonly Finding[];
  try {
    findings = rule.check(evidence);
  } catch (error) {
    return [unjudged(rule.id, error)];
  }
  const found = findings.map(({ path, message, fix = rule.fix }): Found => ({
    id: rule.id,
    severity: rule.severity,
    message: `${rule.requires.replace(/\.$/, '')}: ${message}`,
    fix,
    path,
  }));
  return [...new Map(found.map((each) => [JSON.stringify(each), each])).values()];
}

/** A problem of a waiver as a finding at the waiver's place. */
export const ofWaiver = ({ rule, severity, message, fix, file, place }: WaiverProblem): Found => ({
  ...{ id: rule, severity, message, fix, path: undefined },
  place: placeIn(place) ?? { file, line: 1, column: 1 },
});

function placeIn(place = ''): SourcePlace | undefined {
  const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(place) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), column: Number(column) };
}
