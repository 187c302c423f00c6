import { acknowledgedIn } from './acknowledged.ts';
import { assemblyFindings } from './assembly-findings.ts';
import type { Found } from './check-report.ts';
import type { JudgeInputs } from './judge-inputs.ts';
import { reachFindings } from './reach-findings.ts';
import { ruleFindings } from './rule-findings.ts';
import { type Judged, unjudged, type Verdict } from './verdict.ts';

/** A judge by its name, which findings give. It looks at what synth has written, and at nothing else. */
interface Judge {
  readonly name: string;
  /** @param earlier verdict of the judges before it */
  readonly verdict: (judged: Judged, inputs: JudgeInputs, earlier: Verdict) => Verdict;
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
  return judges.reduce<Verdict>(
    (earlier, { name, verdict }) => {
      const { found, accepted } = attempted(name, () => verdict(judged, inputs, earlier));
      return { found: [...earlier.found, ...found], accepted: [...earlier.accepted, ...accepted] };
    },
    { found: [], accepted: [] },
  );
}

function attempted(name: string, verdict: () => Verdict): Verdict {
  try {
    return verdict();
  } catch (error) {
    return { found: [unjudged(name, error)], accepted: [] };
  }
}
