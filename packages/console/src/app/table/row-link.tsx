import type { ComponentChildren } from 'preact';

/** Place of a row, as its link needs to know it. */
export interface RowPlace {
  /** True for the row that Tab leads to. */
  readonly isStop: boolean;
  /** @default false */
  readonly isOpen?: boolean;
}

export interface RowLinkProps {
  readonly href: string;
  readonly place: RowPlace;
  readonly children: ComponentChildren;
}

/** Link that opens a row. Keys find the rows of a view, and the open one, by it. */
export const RowLink = ({ href, place: { isStop, isOpen = false }, children }: RowLinkProps) => (
  <a
    data-row
    tabIndex={isStop || isOpen ? 0 : -1}
    data-open={isOpen ? '' : undefined}
    aria-current={isOpen ? 'true' : undefined}
    href={href}
  >
    {children}
  </a>
);
