import type { ComponentChildren } from 'preact';
import { countText } from '../../chart/time-text.ts';
import { useCurrentInSight } from './use-current-in-sight.ts';

export interface FilterLink {
  readonly href: string;
  readonly isCurrent: boolean;
  readonly children: ComponentChildren;
}

/** Links to the parts of a list. One part is shown at a time. */
export function FilterLinks({ label, links }: { readonly label: string; readonly links: readonly FilterLink[] }) {
  const row = useCurrentInSight(links.find(({ isCurrent }) => isCurrent)?.href);
  return (
    <nav class="filters" aria-label={label} ref={row}>
      {links.map(({ href, isCurrent, children }) => (
        <a key={href} href={href} aria-current={isCurrent ? 'true' : undefined}>
          {children}
        </a>
      ))}
    </nav>
  );
}

/** A word with how many there are of it. */
export const Counted = ({ word, count }: { readonly word: ComponentChildren; readonly count: number }) => (
  <>
    {word} <span class="quiet">{countText(count)}</span>
  </>
);
