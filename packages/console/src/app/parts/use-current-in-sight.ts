import { useLayoutEffect, useRef } from 'preact/hooks';

/** Row of links that is scrolled sideways to the one that is current, whenever another one is. */
export function useCurrentInSight(current: string | undefined) {
  const row = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const box = row.current?.getBoundingClientRect();
    const link = row.current?.querySelector('[aria-current]')?.getBoundingClientRect();
    if (!row.current || !box || !link) return;
    row.current.scrollLeft += Math.max(0, link.right - box.right) + Math.min(0, link.left - box.left);
  }, [current]);
  return row;
}
