import { type BodyWidget, fieldsIn, listIn, numberIn, textIn } from './read-body.ts';
import { isColor } from './styled-lines.ts';
import type { BodyJson } from '../../models/dashboards.ts';

interface Drawn {
  readonly label: string;
  /** Hexadecimal; undefined for the color of a threshold. */
  readonly color: string | undefined;
}

/** A level, or all between two of them; `to` is infinite for all above or below. */
export interface LevelNote extends Drawn {
  readonly value: number;
  /** End of what is filled; undefined for a line alone. */
  readonly to: number | undefined;
  readonly axis: 'left' | 'right';
}

/** A time, or all between two of them, in milliseconds since the epoch. */
export interface TimeNote extends Drawn {
  readonly at: number;
  readonly to: number | undefined;
}

/** Notes of a widget ("Properties of the annotations Object"): those that are not visible are left out. */
export function notesOf({ properties }: Pick<BodyWidget, 'properties'>): {
  readonly levels: readonly LevelNote[];
  readonly times: readonly TimeNote[];
} {
  const { horizontal, vertical } = fieldsIn(properties['annotations']);
  return { levels: listIn(horizontal).flatMap(levelOf), times: listIn(vertical).flatMap(timeOf) };
}

/** A note and, of a band, the one at its other end. */
function ends(given: BodyJson): readonly [ReturnType<typeof fieldsIn>, ReturnType<typeof fieldsIn> | undefined] {
  const band = listIn(given);
  return band.length === 0 ? [fieldsIn(given), undefined] : [fieldsIn(band[0]), fieldsIn(band[1])];
}

const drawn = (...given: readonly (ReturnType<typeof fieldsIn> | undefined)[]): Drawn => {
  const colors = given.flatMap((each) => textIn(each?.['color']) ?? []);
  const labels = given.flatMap((each) => textIn(each?.['label']) ?? []);
  return { label: labels.join(' to '), color: colors.find(isColor) };
};

function levelOf(given: BodyJson): readonly LevelNote[] {
  const [note, other] = ends(given);
  const value = numberIn(note['value']);
  if (value === undefined || note['visible'] === false) return [];
  const filled = { above: Infinity, below: -Infinity, none: undefined } as const;
  const fill = textIn(note['fill']) ?? 'none';
  const to = other ? numberIn(other['value']) : Object.hasOwn(filled, fill) ? filled[fill as 'above'] : undefined;
  return [{ ...drawn(note, other), value, to, axis: note['yAxis'] === 'right' ? 'right' : 'left' }];
}

function timeOf(given: BodyJson): readonly TimeNote[] {
  const [note, other] = ends(given);
  const at = Date.parse(textIn(note['value']) ?? '');
  if (Number.isNaN(at) || note['visible'] === false) return [];
  const filled = { before: -Infinity, after: Infinity, none: undefined } as const;
  const fill = textIn(note['fill']) ?? 'none';
  const end = Date.parse(textIn(other?.['value']) ?? '');
  const to = Number.isNaN(end) ? (Object.hasOwn(filled, fill) ? filled[fill as 'after'] : undefined) : end;
  return [{ ...drawn(note, other), at, to }];
}
