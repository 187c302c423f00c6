import { rangeLengths } from '../../models/metric-answers.ts';
import type { View } from '../../models/address.ts';
import { useCurrentInSight } from '../parts/use-current-in-sight.ts';
import { address, hrefOf } from '../state/store.ts';

/** Links to lengths of the range, up to the time of the strip. */
export function Ranges({ view }: { readonly view: View }) {
  const { filter, from } = address.value;
  const current = from === undefined && rangeLengths.has(filter ?? '') ? filter : undefined;
  const row = useCurrentInSight(current);
  return (
    <nav class="filters ranges" aria-label="Range" ref={row}>
      {[...rangeLengths].map(([length, { word }]) => (
        <a key={length} href={hrefOf(view, { filter: length })} aria-current={current === length ? 'true' : undefined}>
          {word}
        </a>
      ))}
      <a href={hrefOf(view)} aria-current={current === undefined && from === undefined ? 'true' : undefined}>
        Whole run
      </a>
    </nav>
  );
}
