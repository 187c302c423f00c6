import { byText } from './text-order.ts';

/**
 * Place of a station as it reports it; null for a field that an object leaves empty. It does not identify a station,
 * because it changes over the years.
 */
export interface Place {
  /** NAME as published: `NAME, CC`, in the US `NAME, ST US`. */
  readonly name: string | null;
  /** Degrees north. */
  readonly latitude: number | null;
  /** Degrees east. */
  readonly longitude: number | null;
}

/** A place with the newest day it was reported on, as a number: 20221231. */
export interface DatedPlace {
  place: Place;
  placeDate: number;
}

/** Keeps the place of the newest day; of two places on one day the greater, so that the order of arrival does not matter. */
export function keepNewest(kept: DatedPlace, place: Place, date: number): void {
  if (date < kept.placeDate) return;
  if (date === kept.placeDate && byContent(place, kept.place) <= 0) return;
  kept.place = place;
  kept.placeDate = date;
}

function byContent(a: Place, b: Place): number {
  return byText(a.name ?? '', b.name ?? '') || byNumber(a.latitude, b.latitude) || byNumber(a.longitude, b.longitude);
}

function byNumber(a: number | null, b: number | null): number {
  const [first, second] = [a ?? -Infinity, b ?? -Infinity];
  return first === second ? 0 : first < second ? -1 : 1;
}
