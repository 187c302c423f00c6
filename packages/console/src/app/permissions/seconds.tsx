import type { PermissionGroup } from '../../chart/permission-groups.ts';
import { clockText, countOf, countText } from '../../chart/time-text.ts';
import { useWidth } from '../parts/use-width.ts';
import { GridTable } from '../table/grid-table.tsx';
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
        <GridTable
          name="seconds"
          label="Decisions by second"
          columns={[
            ['Second, UTC', 'code'],
            ['Times', 'number'],
          ]}
          rows={seconds}
          cells={([at, count]) => [clockText(at), countText(count)]}
          rowHeight={26}
          height={208}
        />
      </details>
    </div>
  );
}
