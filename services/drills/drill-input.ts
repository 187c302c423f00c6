/** Drills by name, with what each shows. A game day of the same fault has the same name. */
export const drills = {
  'healthy-parent': 'a parent waits for a child in another account that it may describe, and ends with it',
  'stuck-parent': 'a parent waits for a child that it may not describe, and notices its end never',
  'open-map-runs': 'Map Runs are held open; above the limit of the account new ones wait in the backlog',
  'transition-throttling': 'five parallel loops in each worker use up the bucket of state transitions',
} as const;

export type Drill = keyof typeof drills;

export const drillNames = Object.keys(drills) as readonly Drill[];

export const isDrill = (text: string): text is Drill => Object.hasOwn(drills, text);

/** Bounds of a number of the input, and the value of an input that leaves it out. */
export interface Amount {
  readonly what: string;
  readonly most: number;
  readonly usual: number;
}

/** Numbers of the input. The least of each is 1. */
export const amounts = {
  seconds: { what: 'seconds that the child works, or holds each Map Run open', most: 3_600, usual: 60 },
  // An Inline Map runs up to 40 iterations at a time (state-map-inline).
  mapRuns: { what: 'Map Runs that one start opens', most: 40, usual: 10 },
  // Five loops of four events each stay below the 25,000 events of a history (service-quotas).
  countdown: { what: 'rounds of each of the five loops', most: 1_000, usual: 100 },
  workers: { what: 'executions that loop at the same time', most: 20, usual: 1 },
} as const satisfies Readonly<Record<string, Amount>>;

export type AmountName = keyof typeof amounts;

const amountNames = Object.keys(amounts) as readonly AmountName[];

/** Loops of a worker. */
export const loops = 5;

/** Input of the parent; the child gets all numbers. */
export interface DrillInput extends Partial<Readonly<Record<AmountName, number>>> {
  readonly drill: Drill;
}

/** Key that a parent adds to the input of its child. */
const startedBy = 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID';

const isWithin = (name: AmountName): string =>
  `$type($i.${name}) = 'number' and $i.${name} >= 1 and $i.${name} <= ${amounts[name].most} and $floor($i.${name}) = $i.${name}`;

const isAbsentOrWithin = (name: AmountName): string => `($not($exists($i.${name})) or (${isWithin(name)}))`;

const isInput = (isAmount: (name: AmountName) => string): string => `{% ( $i := $states.input;
  $type($i) = 'object' and $exists($i.drill) and $i.drill in ${JSON.stringify(drillNames)}
  and $count($filter($keys($i), function($key) { $not($key in ${JSON.stringify(['drill', ...amountNames, startedBy])}) })) = 0
  and ${amountNames.map(isAmount).join('\n  and ')} ) %}`;

/** Expression that is true for an input that names a drill and keeps every bound. */
export const isValid = isInput(isAbsentOrWithin);

/** The same for an input that leaves out no number. The child checks it, because a person may start the child alone. */
export const isComplete = isInput(isWithin);

const expected = `expected {"drill": ${drillNames.map((name) => `"${name}"`).join(' or ')}} and as numbers ${amountNames
  .map((name) => `"${name}" from 1 to ${amounts[name].most}`)
  .join(', ')}`;

/** Cause of the failure of any other input. */
export const invalidCause = `{% ${JSON.stringify(`${expected}, got `)} & $string($states.input) %}`;

/** The input with the usual value of every number that it leaves out. */
export const filledIn: Readonly<Record<'drill' | AmountName, string>> = {
  drill: '{% $states.input.drill %}',
  ...(Object.fromEntries(
    amountNames.map((name) => [
      name,
      `{% $exists($states.input.${name}) ? $states.input.${name} : ${amounts[name].usual} %}`,
    ]),
  ) as Record<AmountName, string>),
};
