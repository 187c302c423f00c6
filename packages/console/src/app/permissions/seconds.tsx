import type { PermissionGroup } from '../../chart/permission-groups.ts';
import { clockText, countOf, countText } from '../../chart/time-text.ts';
import { useWidth } from '../parts/use-width.ts';
import { VirtualList } from '../parts/virtual-list.tsx';
import { whenText } from './permission-table.tsx';
import { WhenStrip } from './when-strip.tsx';

/** When the decisions of a group were: a strip, and a table with the same numbers. */
export function Seconds({ group }: { readonly group: PermissionGroup }) {
  const { ref, width } = useWidth();
  const { seconds, first, last, times } = group;
  const kept = seconds.reduce((sum, [, count]) => sum + count, 0);
  return (
    <div ref={ref}>
      {width.value > 0 && (
        <WhenStrip group={group} from={first} to={last} width={width.value} height={36} label={whenText(group)} />
      )}
      {kept < times && <p class="quiet">{`${countText(times - kept)} of them between the seconds that were kept.`}</p>}
      <details>
        <summary>{countOf(seconds.length, 'second')} as a table</summary>
        <div
          class="grid-table seconds"
          role="table"
          aria-label="Decisions by second"
          aria-rowcount={seconds.length + 1}
        >
          <div role="rowgroup">
            <div class="grid-row head" role="row">
              <span role="columnheader">Second, UTC</span>
              <span role="columnheader" class="number">
                Times
              </span>
            </div>
          </div>
          <VirtualList
            count={seconds.length}
            rowHeight={26}
            height={208}
            row={(index) => (
              <div class="grid-row" role="row" aria-rowindex={index + 2}>
                <span role="cell" class="code">
                  {clockText(seconds[index]?.[0] ?? 0)}
                </span>
                <span role="cell" class="number">
                  {countText(seconds[index]?.[1] ?? 0)}
                </span>
              </div>
            )}
          />
        </div>
      </details>
    </div>
  );
}
