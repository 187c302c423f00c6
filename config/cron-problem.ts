/** A field of a cron expression after the minutes. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Names that stand for the numbers from `least` on. */
  readonly words: readonly string[];
  /** Pattern of values that can only be the whole field, instead of numbers, ranges and steps. */
  readonly special?: RegExp;
  readonly expected: string;
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** EventBridge Scheduler User Guide, "Cron-based schedules". */
const fields: readonly CronField[] = [
  { name: 'hours', least: 0, most: 23, words: [], expected: '0 to 23, with , - * /' },
  {
    name: 'day-of-month',
    least: 1,
    most: 31,
    words: [],
    special: /^(\?|L|([1-9]|[12]\d|3[01])W)$/,
    expected: '1 to 31, with , - * ? / L W',
  },
  { name: 'month', least: 1, most: 12, words: months, expected: '1 to 12 or JAN to DEC, with , - * /' },
  {
    name: 'day-of-week',
    least: 1,
    most: 7,
    words: weekdays,
    special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
    expected: '1 to 7 or SUN to SAT, with , - * ? L #',
  },
  { name: 'year', least: 1970, most: 2199, words: [], expected: '1970 to 2199, with , - * /' },
];

/** Problem of a cron expression's six fields, as `what is expected; the fix`. */
export function cronProblem(text: string): string | undefined {
  const [minute = '', ...others] = text.split(/\s+/);
  if (others.length !== fields.length)
    return 'six fields, minutes hours day-of-month month day-of-week year; write for example cron(0 6 1 * ? *)';
  if (!/^[0-5]?\d$/.test(minute))
    return `a single minute from 0 to 59, because a run starts once an hour at most; write it instead of "${minute}"`;
  const [wrong] = fields.flatMap((field, index) => problemOf(field, others[index] ?? ''));
  if (wrong !== undefined) return wrong;
  const [, dayOfMonth, , dayOfWeek] = others;
  if ((dayOfMonth === '?') === (dayOfWeek === '?'))
    return '? as day-of-month or as day-of-week, and not as both; write ? for the one that does not matter';
  return undefined;
}

function problemOf(field: CronField, text: string): readonly string[] {
  const isValid = field.special?.test(text) === true || text.split(',').every((item) => isRange(field, item));
  return isValid ? [] : [`${field.name} ${field.expected}; correct "${text}"`];
}

/** `*`, `5` or `5-10`, each with or without a step such as `/2`. */
function isRange({ least, most, words }: CronField, item: string): boolean {
  const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(item) ?? [];
  if (Number(step) < 1) return false;
  if (range === '*') return true;
  const ends = range.split('-').map((end) => (words.includes(end) ? words.indexOf(end) + least : wholeNumber(end)));
  return ends.length <= 2 && ends.every((end) => end >= least && end <= most);
}

const wholeNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : NaN);
