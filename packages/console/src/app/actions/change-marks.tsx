import { visibleText } from '../../chart/visible-text.ts';
import { changeText, marksOf } from '../../chart/change-marks.ts';
import type { ChangeModel } from '../../models/changes.ts';
import { useWidth } from '../parts/use-width.ts';
import { address } from '../state/store.ts';
import { addressText } from '../../models/address.ts';
import './actions.css';

export interface ChangeMarksProps {
  readonly changes: readonly ChangeModel[];
  /** Times of the ends of the strip, in milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Marks on the strip where something was broken or fixed; each leads to its time. */
export function ChangeMarks({ changes, from, to }: ChangeMarksProps) {
  const { ref, width } = useWidth();
  return (
    <div class="change-marks" ref={ref}>
      {marksOf(changes, { from, to, width: width.value }).map(({ at, left, changes: own }) => {
        const text = own.map((change) => visibleText(changeText(change))).join('\n');
        return (
          <a
            key={own[0]?.id}
            class="change-mark"
            style={{ left: `${left}px` }}
            href={addressText({ ...address.value, at })}
            title={text}
            aria-label={text}
          >
            <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
              <path d="M6 0l6 6-6 6-6-6z" />
            </svg>
          </a>
        );
      })}
    </div>
  );
}
