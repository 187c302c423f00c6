/**
 * Places of labels on a line, none closer to another than `gap`, each as near to where it wants to be as that allows, in
 * the same order. If they do not fit, the rest overlap at the end.
 *
 * @param wanted pixels, in any order
 * @param room pixels of the line, from 0 on
 */
export function labelPlaces(wanted: readonly number[], gap: number, room: number): readonly number[] {
  const order = wanted.map((_, index) => index).sort((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0));
  const places = [...wanted];
  let least = 0;
  for (const index of order) {
    least = places[index] = Math.max(least, places[index] ?? 0);
    least += gap;
  }
  let most = room;
  for (const index of order.toReversed()) {
    most = places[index] = Math.max(0, Math.min(most, places[index] ?? 0));
    most -= gap;
  }
  return places;
}
