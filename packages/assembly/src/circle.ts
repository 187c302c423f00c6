import { AssemblyError } from './read-assembly.ts';

/**
 * Result of `compute` for `key`.
 * @param trail keys that are being computed and need `key`, directly or not
 * @param what plural noun for the keys
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
