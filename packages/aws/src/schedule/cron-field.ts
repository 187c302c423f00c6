/** A field of a cron expression. */
export interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for the numbers from `least` on. */
  readonly words: readonly string[];
  /** Pattern of values that can only be the whole field, instead of numbers, ranges and steps. */
  readonly special?: RegExp;
  /**
   * True if a range may go over the end, such as `FRI-MON`. AWS does not document it; the years have no such end.
   */
  readonly wraps: boolean;
  readonly expected: string;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** EventBridge Scheduler User Guide, "Schedule types", section "Cron-based schedules". */
export const cronFields = {
  minutes: { name: 'minutes', least: 0, most: 59, words: [], wraps: true, expected: '0 to 59, with , - * /' },
  hours: { name: 'hours', least: 0, most: 23, words: [], wraps: true, expected: '0 to 23, with , - * /' },
  dayOfMonth: {
    name: 'day-of-month',
    least: 1,
    most: 31,
    words: [],
    special: /^(\?|L|([1-9]|[12]\d|3[01])W)$/,
    wraps: true,
    expected: '1 to 31, with , - * ? / L W',
  },
  month: {
    name: 'month',
    least: 1,
    most: 12,
    words: months,
    wraps: true,
    expected: '1 to 12 or JAN to DEC, with , - * /',
  },
  dayOfWeek: {
    name: 'day-of-week',
    least: 1,
    most: 7,
    words: weekdays,
    special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
    wraps: true,
    expected: '1 to 7 or SUN to SAT, with , - * ? L #',
  },
  year: { name: 'year', least: 1970, most: 2199, words: [], wraps: false, expected: '1970 to 2199, with , - * /' },
} as const satisfies Readonly<Record<string, CronField>>;

/** Problem of a field, as `what is expected; the fix`. */
export function fieldProblem(field: CronField, text: string): string | undefined {
  const isValid = field.special?.test(text) === true || fieldValues(field, text) !== undefined;
  return isValid ? undefined : `${field.name} ${field.expected}; correct "${text}"`;
}

/** The numbers that a field of numbers, ranges and steps names, in order; undefined if it is not one. */
export function fieldValues(field: CronField, text: string): readonly number[] | undefined {
  const items = text.split(',').map((item) => itemValues(field, item));
  const values = items.flatMap((item) => item ?? []);
  if (items.includes(undefined)) return undefined;
  return [...new Set(values)].sort((one, other) => one - other);
}

/** The number of a field's value: a number, or one of its words. */
export const fieldNumber = ({ words, least }: CronField, text: string): number =>
  words.includes(text) ? words.indexOf(text) + least : /^\d+$/.test(text) ? Number(text) : NaN;

/** `*`, `5` or `5-10`, each with or without a step such as `/2`; a single number with a step goes on to the end. */
function itemValues(field: CronField, item: string): readonly number[] | undefined {
  const { least, most, wraps } = field;
  const [, range = '', stepText] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
  const step = Number(stepText ?? 1);
  if (step < 1) return undefined;
  const ends = range === '*' ? [least, most] : range.split('-').map((end) => fieldNumber(field, end));
  if (ends.length > 2 || !ends.every((end) => end >= least && end <= most)) return undefined;
  const [first = least, last = stepText === undefined ? first : most] = ends;
  if (last < first && !wraps) return undefined;
  const count = most - least + 1;
  const span = (last - first + count) % count;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, index) => {
    const value = first + index * step;
    return value > most ? value - count : value;
  });
}
