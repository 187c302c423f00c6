import jsonata from 'jsonata';

/** How much an expression may take before it ends. */
export interface Limits {
  readonly milliseconds: number;
  /** Levels of evaluation. */
  readonly depth: number;
  /** Values in one array. */
  readonly values: number;
  /** Bytes of one value: 8 for a number, 1 for a character. */
  readonly bytes: number;
  /** Values of an array that is sorted or made distinct, which takes more than one look at each. */
  readonly compared: number;
}

/** Thrown when an expression holds more than its limits allow. */
export class TooMuch extends Error {
  override readonly name = 'TooMuch';
}

interface NativeFunction {
  readonly _jsonata_function: true;
  readonly implementation: (this: unknown, ...args: unknown[]) => unknown;
}

/** Functions of JSONata whose time grows with the size of their arguments, which is limited. */
export const cheapNames = (
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match ' +
  'contains replace split join formatBase number floor ceil round abs sqrt power random boolean not map zip filter ' +
  'single reduce sift keys lookup append exists spread merge reverse each error assert type sort shuffle distinct ' +
  'base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl clone'
).split(' ');

/** Those that read a picture: JSONata makes a regular expression or a text of any length of it. */
export const riskyNames = 'toMillis fromMillis parseInteger formatInteger formatNumber'.split(' ');

/** Every function that JSONata brings, but `$eval`, which Step Functions does not have, and `$now` and `$millis`. */
export const nativeNames = [...cheapNames, ...riskyNames];

/** They look at no more than the top of their arguments. */
const constantTime = ['count', 'exists', 'lookup', 'type', 'append', 'error', 'assert'];

const natives = Promise.all(
  nativeNames.map(async (name) => [name, (await jsonata(`$${name}`).evaluate(null)) as NativeFunction] as const),
);

/**
 * Compiles an expression that ends at its limits. A function of JSONata is one step, which no clock interrupts, so each
 * looks at the size of its arguments before, and of its result afterwards.
 */
export async function compileLimited(expression: string, limits: Limits): Promise<jsonata.Expression> {
  const { milliseconds: timeout, depth: stack, values: sequence } = limits;
  const compiled = jsonata(expression, { timeout, stack, sequence });
  for (const [name, native] of await natives) compiled.assign(name, limited(name, native, limits));
  return compiled;
}

function limited(name: string, native: NativeFunction, limits: Limits): NativeFunction {
  const { implementation } = native;
  const checked = (value: unknown): unknown => {
    checkSize(value, limits, true);
    return value;
  };
  const within = function (this: unknown, ...args: unknown[]): unknown {
    for (const arg of args) checkSize(arg, limits, constantTime.includes(name));
    const [first, second] = args;
    if (['sort', 'distinct'].includes(name) && Array.isArray(first) && first.length > limits.compared)
      throw new TooMuch();
    if (name === 'pad' && Math.abs(Number(second)) > limits.bytes) throw new TooMuch();
    const result = implementation.apply(this, args);
    return result instanceof Promise ? result.then(checked) : checked(result);
  };
  // JSONata reads the parameters, how many to pass on and, for a partial application, their names.
  Object.defineProperties(within, {
    length: { value: implementation.length },
    toString: { value: () => implementation.toString() },
  });
  return { ...native, implementation: within };
}

/** The same for functions that Step Functions adds. */
export const limitedOwn = (
  functions: Readonly<Record<string, ((...args: never[]) => unknown) | undefined>>,
  limits: Limits,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(functions).map(([name, own]) => [
      name,
      own &&
        ((...args: never[]): unknown => {
          for (const arg of args) checkSize(arg, limits, false);
          const result = own(...args);
          checkSize(result, limits, true);
          return result;
        }),
    ]),
  );

/** @param shallow looks at the value alone, and not at what is in it */
function checkSize(value: unknown, { bytes, values }: Limits, shallow: boolean): void {
  if (typeof value === 'string' && value.length > bytes) throw new TooMuch();
  if (Array.isArray(value) && value.length > values) throw new TooMuch();
  if (!shallow) checkBytes(value, bytes);
}

/** Throws for a value of more than so many bytes; functions have none. */
export function checkBytes(value: unknown, most: number): void {
  if (bytesOf(value, most) > most) throw new TooMuch();
}

/** Bytes of a value; any number above `most` for one that has more, because counting ends there. */
function bytesOf(value: unknown, most: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 8;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && bytes <= most; index += 1) bytes += bytesOf(value[index], most - bytes);
    return bytes;
  }
  if ('_jsonata_lambda' in value || '_jsonata_function' in value) return bytes;
  for (const key in value) {
    if (bytes > most) return bytes;
    bytes += key.length + bytesOf((value as Readonly<Record<string, unknown>>)[key], most - bytes);
  }
  return bytes;
}
