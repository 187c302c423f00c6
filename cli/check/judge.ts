import type { AssembledStack } from '@crosswind/assembly/read-assembly';
import { messageOf } from '@crosswind/aws/problem';
import { acknowledgedIn } from './acknowledged.ts';
import { assemblyFindings } from './assembly-findings.ts';
import type { Accepted, Found } from './check-report.ts';
import type { JudgeInputs } from './judge-inputs.ts';
import { reachFindings } from './reach-findings.ts';
import { ruleFindings } from './rule-findings.ts';

/** Verdict about an assembly: what is wrong, and what waivers accept. */
export interface Verdict {
  readonly found: readonly Found[];
  readonly accepted: readonly Accepted[];
}

/** An assembly that is judged. */
export interface Judged {
  readonly directory: string;
  readonly assembled: readonly AssembledStack[];
}

/** A judge by its name, which findings give. It looks at what synth has written, and at nothing else. */
interface Judge {
  readonly name: string;
  readonly verdict: (judged: Judged, inputs: JudgeInputs) => Verdict;
}

const withoutWaivers =
  (found: (judged: Judged, inputs: JudgeInputs) => readonly Found[]): Judge['verdict'] =>
  (judged, inputs) => ({ found: found(judged, inputs), accepted: [] });

const judges: readonly Judge[] = [
  { name: 'the assembly', verdict: withoutWaivers(assemblyFindings) },
  { name: 'acknowledgements', verdict: withoutWaivers(acknowledgedIn) },
  { name: 'the rules', verdict: ruleFindings },
  { name: 'reach', verdict: reachFindings },
];

/** Everything that judges an assembly. A judge that fails is a finding: what cannot be judged is not deployed. */
export function verdictOf(judged: Judged, inputs: JudgeInputs): Verdict {
  const verdicts = judges.map(({ name, verdict }): Verdict => {
    try {
      return verdict(judged, inputs);
    } catch (error) {
      return { found: [unjudged(name, error)], accepted: [] };
    }
  });
  return {
    found: verdicts.flatMap(({ found }) => found),
    accepted: verdicts.flatMap(({ accepted }) => accepted),
  };
}

/** The finding about a judge that failed. */
export const unjudged = (name: string, error: unknown): Found => ({
  id: 'POLICY-1',
  severity: 'error',
  message: `${name} could not judge the platform: ${messageOf(error)}`,
  fix: 'Fix what the message names. What cannot be judged is not deployed.',
  path: undefined,
});
