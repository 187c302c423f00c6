import type { ComponentChildren } from 'preact';
import { countText } from '../../chart/time-text.ts';

export interface FilterLink {
  readonly href: string;
  readonly isCurrent: boolean;
  readonly children: ComponentChildren;
}

/** Links to the parts of a list. One part is shown at a time. */
export const FilterLinks = ({ label, links }: { readonly label: string; readonly links: readonly FilterLink[] }) => (
  <nav class="filters" aria-label={label}>
    {links.map(({ href, isCurrent, children }) => (
      <a key={href} href={href} aria-current={isCurrent ? 'true' : undefined}>
        {children}
      </a>
    ))}
  </nav>
);

/** A word with how many there are of it. */
export const Counted = ({ word, count }: { readonly word: ComponentChildren; readonly count: number }) => (
  <>
    {word} <span class="quiet">{countText(count)}</span>
  </>
);
