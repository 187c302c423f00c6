import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type Paints, paintsOf } from './paints.ts';

/** Colors and pixels of a canvas: they change with the scheme, with forced colors, and with the pixels of the screen. */
export interface CanvasLook {
  readonly paints: Paints;
  /** Pixels of the screen in one of the page. */
  readonly ratio: number;
}

/** The look of canvases, read from examples; undefined before they are there. */
export function useLook() {
  const examples = useRef<SVGSVGElement>(null);
  const look = useSignal<CanvasLook | undefined>(undefined);
  useLayoutEffect(() => {
    let queries: readonly MediaQueryList[] = [];
    const watch = (): void => {
      unwatch();
      if (examples.current) look.value = { paints: paintsOf(examples.current), ratio: devicePixelRatio };
      queries = [
        '(prefers-color-scheme: dark)',
        '(forced-colors: active)',
        `(resolution: ${devicePixelRatio}dppx)`,
      ].map((query) => matchMedia(query));
      for (const query of queries) query.addEventListener('change', watch);
    };
    const unwatch = (): void => {
      for (const query of queries) query.removeEventListener('change', watch);
    };
    watch();
    return unwatch;
  }, []);
  return { examples, look };
}
