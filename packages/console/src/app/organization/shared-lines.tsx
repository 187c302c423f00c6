import { type ReadonlySignal, useSignal } from '@preact/signals';
import { accountWith } from '../../chart/organization/cell.ts';
import { rolesFor } from '../../chart/organization/summary.ts';
import type { OrganizationModel } from '../../models/organization.ts';

/** Rectangle in pixels from the upper left corner of the drawing. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface Near {
  /** Id of the account under the pointer or with the focus. */
  readonly account: ReadonlySignal<string | undefined>;
  readonly box: ReadonlySignal<Place | undefined>;
  /** Bars by their jobs. */
  readonly bars: ReadonlySignal<readonly { readonly jobs: string; readonly place: Place }[]>;
  readonly listeners: Readonly<Record<string, (event: Event) => void>>;
}

/** Follows pointer and focus over a drawing. */
export function useNear(): Near {
  const account = useSignal<string | undefined>(undefined);
  const box = useSignal<Place | undefined>(undefined);
  const bars = useSignal<Near['bars']['value']>([]);
  const enter = ({ target, currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLElement) || !(target instanceof Element)) return;
    const found = target.closest<HTMLElement>('[data-account]');
    account.value = found?.dataset['account'];
    box.value = found ? placeOf(found, currentTarget) : undefined;
    bars.value = [...currentTarget.querySelectorAll<HTMLElement>('[data-shared]')].map((bar) => ({
      jobs: bar.dataset['shared'] ?? '',
      place: placeOf(bar, currentTarget),
    }));
  };
  const leave = (): void => {
    account.value = undefined;
    box.value = undefined;
  };
  return {
    ...{ account, box, bars },
    listeners: { onMouseOver: enter, onMouseLeave: leave, onFocusIn: enter, onFocusOut: leave, onScrollCapture: leave },
  };
}

function placeOf(element: HTMLElement, around: HTMLElement): Place {
  const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
  return {
    left: inner.left - outer.left,
    right: inner.right - outer.left,
    top: inner.top - outer.top,
    bottom: inner.bottom - outer.top,
  };
}

/** Lines from the account that somebody points at to those that all accounts share. The bars say the same in words. */
export function SharedLines({ near, model }: { readonly near: Near; readonly model: OrganizationModel }) {
  const [id, box] = [near.account.value, near.box.value];
  const account = id === undefined ? undefined : accountWith(model, id);
  if (!account || !box) return null;
  const shared = model.accounts.filter(({ jobs }) => jobs.length > 0);
  const lines = near.bars.value.flatMap(({ jobs, place }, index) => {
    const other = shared.find((each) => each.jobs.join(' ') === jobs);
    if (!other) return [];
    const sees = other.jobs.includes('monitoring') && account.seenBy.includes(other.id);
    const assumes = other.jobs.includes('tooling') && rolesFor(account, other.id).length > 0;
    if (!sees && !assumes) return [];
    const x = assumes ? box.left - 6 : box.right + 6;
    const y = place.bottom + 6 + 5 * index;
    const to = (place.left + place.right) / 2;
    const middle = (box.top + box.bottom) / 2;
    return [`M${assumes ? box.left : box.right} ${middle}H${x}V${y}H${to}V${place.bottom}`];
  });
  return (
    <svg class="shared-lines" aria-hidden="true">
      {lines.map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
