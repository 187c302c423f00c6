import { findingId } from '../../policies/reach/accepted.ts';
import type { AccessChange } from '../../policies/reach/new-access-types.ts';
import { accepts, type Waiver } from '../../policies/waiver.ts';

/** New access, with what a waiver says of it. */
export interface PlannedAccess extends AccessChange {
  /**
   * Reason of the waiver that accepts it although no call needs it.
   *
   * @default - a call needs it, or no waiver accepts it
   */
  readonly accepted?: string;
}

/** Access with the waivers that accept what no call needs, as `crosswind reach` finds it (REACH-3). */
export const acceptedAccess = (
  access: readonly AccessChange[],
  waivers: readonly Waiver[] = [],
): readonly PlannedAccess[] =>
  access.map((change) => {
    if (change.neededBy.length > 0) return change;
    const { action, resource, path } = change;
    const finding = { rule: findingId('REACH-3', action, resource), path, actionsOnEverything: () => [] };
    const waiver = waivers.find((each) => accepts(each, finding));
    return waiver ? { ...change, accepted: waiver.reason } : change;
  });
