import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** Sizes of a graph at least and at most, and the factor of a press. */
const smallest = 0.1;
const largest = 2;
const pressed = 1.25;

/** Pixels of a frame around a graph. */
const roomOfFrame = 28;

/** Pixels between two frames. */
const gap = 24;

/** Size at which the text of a graph is still read. */
const legible = 0.7;

/** Zoom for one pixel of a wheel. */
const ofWheel = 0.0025;

const bounded = (scale: number): number => Math.min(largest, Math.max(smallest, scale));

/**
 * Size of graphs, by buttons and by the wheel with Ctrl: what is under the pointer stays there. Until somebody zooms, all
 * graphs are as large as fits side by side, if that can be read.
 * @param box element that scrolls
 * @param widths pixels of the graphs
 * @param isBesideDetail true while a detail takes a part of the room
 */
export function useScale(
  box: { readonly current: HTMLElement | null },
  widths: readonly number[],
  isBesideDetail: boolean,
) {
  const scale = useSignal(1);
  const isChosen = useRef(false);
  const sum = widths.reduce((total, width) => total + width, 0);
  useLayoutEffect(() => {
    if (isChosen.current || !box.current) return;
    const room = box.current.clientWidth - widths.length * (roomOfFrame + gap) + gap;
    const fitting = Math.min(1, room / sum);
    scale.value = fitting < legible ? 1 : fitting;
  }, [sum, isBesideDetail]);
  const zoomAt = (next: number, x: number, y: number): void => {
    const element = box.current;
    isChosen.current = true;
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
      isChosen.current = true;
      scale.value = bounded(Math.min(1, ((box.current?.clientWidth ?? 0) - roomOfFrame) / Math.max(...widths)));
    },
  };
}
