import { RunFailed } from '../failure.ts';
import type { ComparedCalls } from './compared-calls.ts';

/** @throws RunFailed for a call that its function does not declare */
export function failIfUndeclared({ undeclared }: Pick<ComparedCalls, 'undeclared'>): void {
  if (undeclared.length === 0) return;
  const actions = [...new Set(undeclared.map(({ action }) => action))].join(', ');
  throw new RunFailed(`functions made calls that they do not declare: ${actions}`);
}
