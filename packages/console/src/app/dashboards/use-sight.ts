import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** True while an element is, or nearly is, in the window. */
export function useSight() {
  const ref = useRef<HTMLElement>(null);
  const isSeen = useSignal(false);
  useLayoutEffect(() => {
    if (!ref.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        isSeen.value = entries.at(-1)?.isIntersecting ?? false;
      },
      { rootMargin: '300px' },
    );
    observer.observe(ref.current);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { ref, isSeen };
}
