/** Frames in which a list draws a row that it has been scrolled to. */
const mostFrames = 5;

/**
 * Moves the focus to a row of a virtual list, also to one that is not drawn yet.
 * @param list element around the list
 */
export function focusPlace(list: HTMLElement, place: number, rowHeight: number): void {
  const box = list.querySelector<HTMLElement>('.virtual');
  if (!box) return;
  const focus = (frames: number): void => {
    const row = box.querySelector<HTMLElement>(`[data-place="${place}"] [data-row]`);
    if (row) row.focus();
    else if (frames > 0)
      requestAnimationFrame(() => {
        focus(frames - 1);
      });
  };
  if (!box.querySelector(`[data-place="${place}"]`)) {
    // A very long list is scrolled in proportion.
    const share = place / Math.max(1, Number(box.dataset['count'] ?? 1));
    box.scrollTop = Math.min(place * rowHeight, share * box.scrollHeight) - box.clientHeight / 2;
  }
  focus(mostFrames);
}
