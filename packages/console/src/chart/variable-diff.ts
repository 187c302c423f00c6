/** Variables by name, as JSON text. */
export type Variables = ReadonlyMap<string, string>;

export interface VariableChange {
  readonly name: string;
  readonly kind: 'added' | 'changed' | 'removed' | 'same';
  /** JSON text; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Every variable of two times, by name: what changed first. */
export function variableDiff(before: Variables, after: Variables): readonly VariableChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changes = names.map((name): VariableChange => {
    const [old, now] = [before.get(name) ?? null, after.get(name) ?? null];
    const kind = old === null ? 'added' : now === null ? 'removed' : old === now ? 'same' : 'changed';
    return { name, kind, before: old, after: now };
  });
  return [...changes.filter(({ kind }) => kind !== 'same'), ...changes.filter(({ kind }) => kind === 'same')];
}

/** The variables after a diff. */
export const withDiff = (before: Variables, changes: readonly VariableChange[]): Variables => {
  const after = new Map(before);
  for (const { name, after: text } of changes) {
    if (text === null) after.delete(name);
    else after.set(name, text);
  }
  return after;
};

/**
 * Variables after exits that may have assigned some.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateExitedEventDetails.html
 *
 * @param exits details of events in the order of the exits
 */
export function assigned(
  exits: readonly (Readonly<Record<string, unknown>> | undefined)[],
  before: Variables = new Map(),
): Variables {
  const variables = new Map(before);
  for (const exit of exits) {
    const own = exit?.['assignedVariables'];
    if (typeof own !== 'object' || own === null) continue;
    for (const [name, text] of Object.entries(own)) {
      variables.set(name, typeof text === 'string' ? text : JSON.stringify(text));
    }
  }
  return variables;
}
