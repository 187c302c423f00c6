import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Width of an element, in pixels, as it changes. */
export function useWidth(initial: number) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSignal(initial);
  useEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const next = Math.round(entry?.contentRect.width ?? initial);
      if (next > 0) width.value = next;
    });
    observer.observe(ref.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { ref, width };
}
