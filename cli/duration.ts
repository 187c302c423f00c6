/** A duration for people: `75 min`, `4.6 s`. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1_000;
  return seconds >= 120 ? `${Math.round(seconds / 60)} min` : `${seconds.toFixed(1)} s`;
}
