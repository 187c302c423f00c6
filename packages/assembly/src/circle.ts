import { AssemblyError } from './read-assembly.ts';

/**
 * Result of `compute` for `key`.
 * @param trail keys that are being computed, of which this one may need others
 * @param what those keys are, in the plural
 * @throws AssemblyError if the key needs itself
 */
export function withoutCircle<Value>(trail: string[], key: string, what: string, compute: () => Value): Value {
  if (trail.includes(key)) {
    const circle = trail.slice(trail.indexOf(key)).join(', ');
    throw new AssemblyError(`expected ${what} that do not need each other, got a circle: ${circle}`);
  }
  trail.push(key);
  try {
    return compute();
  } finally {
    trail.pop();
  }
}
