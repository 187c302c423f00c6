/** A published NAME in its two parts; empty where it says nothing. */
export interface StationName {
  readonly name: string;
  /** Two-letter country code as NOAA uses it (FIPS 10-4), e.g. `US`, `NO`. */
  readonly country: string;
}

/** Splits NAME: the last word behind the last comma is the country, `MOUNT WASHINGTON, NH US` being in the US. */
export function splitName(published: string | null): StationName {
  if (published === null) return { name: '', country: '' };
  const comma = published.lastIndexOf(',');
  if (comma < 0) return { name: published.trim(), country: '' };
  const place = published.slice(0, comma).trim();
  const words = published
    .slice(comma + 1)
    .trim()
    .split(/\s+/);
  const country = words.pop() ?? '';
  return { name: [place, words.join(' ')].filter((part) => part !== '').join(', '), country };
}
