import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { TimeScale } from '../../chart/idle-collapse.ts';
import { panned, whole, windowOf, type Zoom, zoomed, zoomedBy, zoomTo } from '../../chart/zoom.ts';
import { address, replace } from '../state/store.ts';

/** Factor of one press of a key or a button. */
export const pressed = 1.6;

/** Zoom for one pixel of a wheel. */
const ofWheel = 0.0025;

/** Pixels that a pointer moves before it drags. */
const slack = 4;

/**
 * Zoom of a scale by the address, which holds the time that is shown: by wheel with Ctrl, Shift and wheel, and dragging.
 * @param element lanes are the elements in it with `data-lane`
 */
export function useZoom(scale: TimeScale, element: { readonly current: HTMLElement | null }) {
  const { from, to } = address.value;
  const zoom = from !== undefined && to !== undefined ? zoomTo(scale, { from, to }) : whole;
  const show = (next: Zoom): void => {
    replace({ ...address.value, ...(windowOf(scale, next) ?? { from: undefined, to: undefined }) });
  };
  const latest = useRef({ scale, zoom, show });
  latest.current = { scale, zoom, show };
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) return undefined;
    const onWheel = (event: WheelEvent): void => {
      const lane = laneOf(event);
      const now = latest.current;
      if (!lane) return;
      const x = event.clientX - lane.getBoundingClientRect().left;
      const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey) now.show(zoomedBy(now.scale, now.zoom, Math.exp(-event.deltaY * ofWheel), x));
      else if (sideways !== 0 && now.zoom.factor > 1) now.show(panned(now.scale, now.zoom, sideways));
      else return;
      event.preventDefault();
    };
    const onDown = (event: PointerEvent): void => {
      const { scale: dragged, zoom: begun } = latest.current;
      if (event.button !== 0 || event.pointerType === 'touch' || !laneOf(event) || begun.factor === 1) return;
      const startX = event.clientX;
      const onMove = (moved: PointerEvent): void => {
        const by = startX - moved.clientX;
        if (!box.classList.contains('is-dragged') && Math.abs(by) < slack) return;
        box.classList.add('is-dragged');
        latest.current.show(panned(dragged, begun, by));
      };
      const onUp = (): void => {
        removeEventListener('pointermove', onMove);
        removeEventListener('pointerup', onUp);
        removeEventListener('pointercancel', onUp);
        // A click comes after this: it is none if the pointer has dragged.
        setTimeout(() => {
          box.classList.remove('is-dragged');
        });
      };
      addEventListener('pointermove', onMove);
      addEventListener('pointerup', onUp);
      addEventListener('pointercancel', onUp);
    };
    box.addEventListener('wheel', onWheel, { passive: false });
    box.addEventListener('pointerdown', onDown);
    return () => {
      box.removeEventListener('wheel', onWheel);
      box.removeEventListener('pointerdown', onDown);
    };
  }, []);
  return {
    scale: useMemo(() => zoomed(scale, zoom), [scale, zoom.factor, zoom.offset]),
    isWhole: zoom.factor === 1,
    /** Zooms around the middle. */
    by: (factor: number): void => {
      show(zoomedBy(scale, zoom, factor, scale.width / 2));
    },
    /** Moves by a share of the width. */
    move: (share: number): void => {
      show(panned(scale, zoom, share * scale.width));
    },
    all: (): void => {
      show(whole);
    },
  };
}

const laneOf = ({ target }: Event): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-lane]') : null;
