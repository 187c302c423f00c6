/** Question for the values of a widget; times are milliseconds since the epoch. */
export interface WidgetQuestion {
  readonly account: string;
  readonly dashboard: string;
  /** Place in the list of widgets of the body. */
  readonly widget: number;
  readonly from: number;
  readonly to: number;
}

/** A line of a widget, as GetMetricData answers it. */
export interface WidgetLine {
  /** Place in the list of metrics of the widget. */
  readonly row: number;
  readonly label: string;
  readonly periodSeconds: number;
  /** Null for an expression, and where there are no values. */
  readonly unit: string | null;
  /** Starts of the periods with values, as numbers of periods after `from` of the answer, the oldest first. */
  readonly places: readonly number[];
  readonly values: readonly number[];
  /** Complete, PartialData or Forbidden (API_MetricDataResult). */
  readonly status: string;
}

/** Values of a widget. */
export interface WidgetAnswer {
  /** Start of the first period: full periods of each line. */
  readonly from: number;
  readonly to: number;
  readonly lines: readonly WidgetLine[];
  /** Why CloudWatch refuses the question; null if it does not. */
  readonly problem: string | null;
}

/** Start of a period of a line. */
export const timeOfPlace = (
  from: number,
  { periodSeconds }: Pick<WidgetLine, 'periodSeconds'>,
  place: number,
): number => from + place * periodSeconds * 1_000;

/**
 * The part of an answer that lies in a range: periods that end after its start, and that are over at its end, since
 * nobody knew more of the others.
 */
export function answerWithin(answer: WidgetAnswer, from: number, to: number): WidgetAnswer {
  if (from <= answer.from && to >= answer.to) return answer;
  const lines = answer.lines.map((line) => {
    const endOf = (place: number): number => timeOfPlace(answer.from, line, place + 1);
    const first = line.places.findIndex((place) => endOf(place) > from);
    const last = line.places.findLastIndex((place) => to >= answer.to || endOf(place) <= to);
    const kept = first < 0 ? ([0, 0] as const) : ([first, last + 1] as const);
    return { ...line, places: line.places.slice(...kept), values: line.values.slice(...kept) };
  });
  return { ...answer, lines };
}

const minute = 60_000;

/** The least that is shown of a run, in milliseconds: a shorter one has no surroundings. */
const least = 60 * minute;

/**
 * The whole of a run as dashboards show it: from 5 minutes before its first start to its end, and an hour at least.
 *
 * @param first start of the first execution
 * @param at the newest time that is known
 */
export function wholeRange(first: number, at: number): { readonly from: number; readonly to: number } {
  const to = Math.ceil(at / minute) * minute;
  const from = Math.min(first - 5 * minute, to - least);
  return { from: Math.floor(from / (5 * minute)) * 5 * minute, to };
}

/** Lengths of a range that a person may choose, by the text that an address has for them (ISO 8601). */
export const rangeLengths: ReadonlyMap<string, { readonly word: string; readonly milliseconds: number }> = new Map([
  ['PT1H', { word: '1 h', milliseconds: 60 * minute }],
  ['PT3H', { word: '3 h', milliseconds: 180 * minute }],
  ['PT12H', { word: '12 h', milliseconds: 720 * minute }],
  ['P3D', { word: '3 d', milliseconds: 3 * 1_440 * minute }],
  ['P1W', { word: '1 w', milliseconds: 7 * 1_440 * minute }],
]);
