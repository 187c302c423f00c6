import { isNotAfter } from '../config/day.ts';
import { matches } from '../config/path-pattern.ts';

/** A finding that is accepted: which, where, why, who answers for it, and when it is looked at again. */
export type Waiver = AcceptedFinding & Review & Origin;

/** Where a waiver comes from. */
interface Origin {
  /**
   * Place of the waiver in its file, for example `policies/waivers.yaml:12:5`.
   *
   * @default - policies/waivers.ts
   */
  readonly place?: string;
  /**
   * Construct paths below which it holds, for a waiver of one workload: those of the workload's placements.
   *
   * @default - everywhere
   */
  readonly within?: readonly string[];
  /**
   * True for what a building block needs: where no workload uses the block, the waiver accepts nothing and stays.
   *
   * @default false
   */
  readonly ofBlock?: boolean;
}

interface AcceptedFinding {
  /** Id of a rule, for cdk-nag with its finding in brackets; `*` matches any text without an asterisk, `\*` an asterisk. */
  readonly rule: string;
  /** Construct path, below `within` if that is given; `*` stands for any text. */
  readonly path: string;
  /**
   * The only actions that are accepted on resource `*`; cdk-nag's id does not say which they are.
   *
   * @default - none: a finding `Resource::*` is not accepted
   */
  readonly actions?: readonly string[];
  /** Why the finding is no danger here. */
  readonly reason: string;
  /** Team that answers for it. */
  readonly owner: string;
}

/** A date for an adopter's waivers; for those of the template, which has no calendar, a version. */
type Review =
  | {
      /** Last day on which it holds (UTC), for example `2027-06-30`. */
      readonly until: `${number}-${number}-${number}`;
      readonly reviewAt?: never;
    }
  | {
      /** Version in package.json at which it is looked at again, for example `1.0.0`. */
      readonly reviewAt: `${number}.${number}.${number}`;
      readonly until?: never;
    };

/** A finding that may be waived. */
export interface WaivableFinding {
  readonly rule: string;
  readonly path: string;
  /** Actions that the policy in question allows on resource `*`. */
  actionsOnEverything(): readonly string[];
}

/** True if the waiver accepts the finding. */
export function accepts({ rule, path, actions = [], within = [''] }: Waiver, finding: WaivableFinding): boolean {
  if (!matches(rule, finding.rule)) return false;
  const below = within.filter((prefix) => finding.path.startsWith(prefix));
  if (!below.some((prefix) => matches(path, finding.path.slice(prefix.length)))) return false;
  if (!finding.rule.endsWith('[Resource::*]')) return true;
  const found = finding.actionsOnEverything();
  return found.length > 0 && found.every((action) => actions.includes(action));
}

/** True if the waiver must be reviewed again. A date or version that cannot be read is due. */
export function isDue({ until, reviewAt }: Waiver, now: Date, version: string): boolean {
  if (until !== undefined) return !isNotAfter(now, until);
  return !(compareVersions(version, reviewAt) < 0);
}

/** Negative where `a` is older than `b`; a pre-release counts as the version that it prepares. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) =>
    text
      .replace(/[-+].*$/, '')
      .split('.')
      .map(Number),
  );
  const differences = [0, 1, 2].map((part) => (left?.[part] ?? NaN) - (right?.[part] ?? NaN));
  return differences.find((difference) => difference !== 0) ?? 0;
}
