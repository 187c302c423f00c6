import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Whole pixels of an element, as they change; undefined before they are known. */
export function useSize() {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSignal<{ readonly width: number; readonly height: number } | undefined>(undefined);
  useLayoutEffect(() => {
    if (!ref.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const [width, height] = [entry?.contentRect.width ?? 0, entry?.contentRect.height ?? 0].map(Math.floor);
      if (!width || !height || (size.value?.width === width && size.value.height === height)) return;
      size.value = { width, height };
    });
    observer.observe(ref.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { ref, size };
}
