import type { Circumstances } from './circumstances.ts';
import { type WaivableFinding, type Waiver, accepts, isDue } from './waiver.ts';

/** A problem of a waiver. */
export interface WaiverProblem {
  readonly rule: 'WAIVER-1' | 'WAIVER-2';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** File that holds the waiver. */
  readonly file: string;
  /** Place in that file, for example `policies/waivers.yaml:12:5`; undefined for a waiver of the template. */
  readonly place: string | undefined;
  readonly fix: string;
}

/** The waivers of one synth, and which of them accepted something. */
export class Ledger {
  private readonly waivers: readonly Waiver[];
  private readonly used = new Set<Waiver>();

  constructor(waivers: readonly Waiver[]) {
    this.waivers = waivers;
  }

  /** The waiver that accepts the finding. */
  accept(finding: WaivableFinding): Waiver | undefined {
    const waiver = this.waivers.find((candidate) => accepts(candidate, finding));
    if (waiver) this.used.add(waiver);
    return waiver;
  }

  /** Waivers that accept nothing any more, and those that are due. Asked for when everything has been judged. */
  problems({
    now,
    version,
    dueWaivers,
    allDeployed,
  }: Pick<Circumstances, 'now' | 'version' | 'dueWaivers' | 'allDeployed'>): readonly WaiverProblem[] {
    const unused = this.waivers
      .filter((waiver) => allDeployed && waiver.ofBlock !== true && !this.used.has(waiver))
      .map((waiver): WaiverProblem => ({
        rule: 'WAIVER-1',
        severity: 'error',
        message: `${nameOf(waiver)} accepts nothing any more`,
        file: fileOf(waiver),
        place: waiver.place,
        fix: `Remove it from ${fileOf(waiver)}, or correct its rule, path or actions.`,
      }));
    const due = this.waivers
      .filter((waiver) => isDue(waiver, now, version))
      .map((waiver): WaiverProblem => ({
        rule: 'WAIVER-2',
        severity: dueWaivers === 'fail' ? 'error' : 'warning',
        message: `${nameOf(waiver)} is due: ${dueText(waiver, version)}`,
        file: fileOf(waiver),
        place: waiver.place,
        fix: `Ask ${waiver.owner}: fix what it accepts and remove it from ${fileOf(waiver)}, or give it a new review.`,
      }));
    return [...unused, ...due];
  }
}

const nameOf = ({ rule, path, place }: Waiver): string =>
  `the waiver of ${rule} at ${path}${place === undefined ? '' : ` (${place})`}`;

const fileOf = ({ place = 'policies/waivers.ts' }: Waiver): string => place.replace(/:\d+:\d+$/, '');

const dueText = ({ until, reviewAt }: Waiver, version: string): string =>
  until === undefined ? `to be looked at again at version ${reviewAt}, this is ${version}` : `it held until ${until}`;
