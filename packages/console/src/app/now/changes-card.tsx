import { changeText } from '../../chart/change-marks.ts';
import type { ChangeModel } from '../../models/changes.ts';
import { addressText } from '../../models/address.ts';
import { Name } from '../parts/name.tsx';

/** Rows at most, the newest. */
const mostRows = 5;

/** List of what was broken or fixed, the newest first; nothing where nothing was. */
export function ChangesCard({ changes }: { readonly changes: readonly ChangeModel[] }) {
  if (changes.length === 0) return null;
  const rows = changes.slice(-mostRows).reverse();
  const earlier = changes.length - rows.length;
  return (
    <section aria-labelledby="now-changes">
      <header>
        <h2 id="now-changes">Changes</h2>
        {earlier > 0 && <span class="quiet">{`and ${earlier} earlier`}</span>}
      </header>
      <ul class="change-list">
        {rows.map((change) => (
          <li key={change.id}>
            <a href={addressText({ view: { name: 'now' }, at: change.at })}>
              <Name>{changeText(change)}</Name>
            </a>
            {!changeText(change).startsWith(change.sentence) && (
              <span class="quiet">
                {' '}
                <Name>{change.sentence}</Name>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
