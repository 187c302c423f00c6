import { authorize } from '../authorize.ts';
import type { Decision } from '../decision.ts';
import type { Case } from './read-cases.ts';

/** Result of a case. */
export interface Judgement {
  readonly name: string;
  readonly decision: 'Allowed' | 'ExplicitlyDenied' | 'ImplicitlyDenied' | 'Undecidable';
  /** The statements that allowed or denied, what is missing where, or what cannot be known. */
  readonly reasons: readonly string[];
}

/** Decides a case; policies that cannot be judged leave only a denial certain. */
export function judge({ name, request, policies, unsupported }: Case): Judgement {
  const decision = authorize(request, policies);
  const isDenied = !decision.allowed && decision.kind === 'explicit deny';
  if (unsupported.length > 0 && !isDenied) return { name, decision: 'Undecidable', reasons: unsupported };
  return { name, decision: nameOf(decision), reasons: reasonsOf(decision) };
}

function nameOf(decision: Decision): Judgement['decision'] {
  if (decision.allowed) return 'Allowed';
  switch (decision.kind) {
    case 'explicit deny':
      return 'ExplicitlyDenied';
    case 'implicit deny':
      return 'ImplicitlyDenied';
    case 'undecidable':
      return 'Undecidable';
  }
}

const reasonsOf = (decision: Decision): readonly string[] =>
  !decision.allowed && decision.kind === 'undecidable' ? decision.unknowns : [decision.reason];
