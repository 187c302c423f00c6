import { useSignal } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';

/** Sizes of a graph at least and at most, and the factor of a press. */
const smallest = 0.1;
const largest = 2;
const pressed = 1.25;

/** Pixels of a frame around a graph. */
const roomOfFrame = 28;

/** Zoom for one pixel of a wheel. */
const ofWheel = 0.0025;

const bounded = (scale: number): number => Math.min(largest, Math.max(smallest, scale));

/**
 * Size of graphs, by buttons and by the wheel with Ctrl: what is under the pointer stays there.
 * @param box element that scrolls
 * @param widest pixels of the widest graph
 */
export function useScale(box: { readonly current: HTMLElement | null }, widest: number) {
  const scale = useSignal(1);
  const zoomAt = (next: number, x: number, y: number): void => {
    const element = box.current;
    const by = bounded(next) / scale.peek();
    scale.value = bounded(next);
    requestAnimationFrame(() => {
      element?.scrollTo((element.scrollLeft + x) * by - x, (element.scrollTop + y) * by - y);
    });
  };
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoomAt(scale.peek() * Math.exp(-event.deltaY * ofWheel), event.clientX - left, event.clientY - top);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
    };
  }, []);
  const middle = (factor: number): void => {
    const { clientWidth = 0, clientHeight = 0 } = box.current ?? {};
    zoomAt(scale.peek() * factor, clientWidth / 2, clientHeight / 2);
  };
  return {
    scale,
    in: (): void => {
      middle(pressed);
    },
    out: (): void => {
      middle(1 / pressed);
    },
    /** As large as the width allows, at most as the layout is. */
    fit: (): void => {
      scale.value = bounded(Math.min(1, ((box.current?.clientWidth ?? 0) - roomOfFrame) / widest));
    },
  };
}
