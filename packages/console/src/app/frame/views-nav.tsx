import type { View } from '../../models/address.ts';
import { Glyph } from '../parts/glyph.tsx';
import { useCurrentInSight } from '../parts/use-current-in-sight.ts';
import { hrefOf, shown, snapshot } from '../state/store.ts';
import { viewEntries } from '../views.ts';

const isImported = (view: View): boolean => view.name === 'run' && view.imported !== undefined;

/** Links to the views, with a count where something went wrong. */
export function Views({ current }: { readonly current: View }) {
  // An import has no alarms or denials: counts are those of the page's own.
  const models = isImported(current) ? snapshot.value : shown.value;
  const row = useCurrentInSight(isImported(current) ? 'import' : current.name);
  return (
    <nav class="views" aria-label="Views" ref={row}>
      {viewEntries.map(({ name, word, wrong }) => {
        const counted = models && wrong?.(models);
        const isCurrent =
          name === current.name || (current.name === 'run' && name === (isImported(current) ? 'import' : 'runs'));
        return (
          <a key={name} href={hrefOf({ name })} aria-current={isCurrent ? 'page' : undefined}>
            {word}
            {counted && (
              <span class="count">
                <Glyph state={counted.state} label={`${counted.sentence}:`} /> {counted.count}
              </span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
