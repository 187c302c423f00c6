/**
 * Path of a line of values in a box, with a gap where a period has none; a value without neighbors is a short stroke.
 *
 * @param places numbers of periods, ascending
 */
export function sparkPath(
  places: readonly number[],
  values: readonly number[],
  box: { readonly width: number; readonly height: number },
): string {
  const [first = 0] = places;
  const length = (places.at(-1) ?? 0) - first || 1;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const x = (place: number): number => round(((place - first) / length) * box.width);
  const y = (value: number): number => round(box.height - ((value - low) / (high - low || 1)) * box.height);
  return places
    .map((place, index) => {
      const isNext = index > 0 && places[index - 1] === place - 1;
      const isAlone = !isNext && places[index + 1] !== place + 1;
      return `${isNext ? 'L' : 'M'}${x(place)} ${y(values[index] ?? low)}${isAlone ? 'h2' : ''}`;
    })
    .join('');
}

const round = (pixel: number): number => Math.round(pixel * 10) / 10;

/** Path of a part of a ring, clockwise from the top: shares of the whole circle. */
export function ringPath(radius: number, from: number, to: number): string {
  const point = (share: number): string => {
    const angle = 2 * Math.PI * share - Math.PI / 2;
    return `${round(radius * Math.cos(angle))} ${round(radius * Math.sin(angle))}`;
  };
  // A whole circle begins where it ends, so it takes two arcs.
  const middle = (from + to) / 2;
  return `M${point(from)}A${radius} ${radius} 0 0 1 ${point(middle)}A${radius} ${radius} 0 0 1 ${point(to)}`;
}
