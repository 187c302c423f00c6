import type { PolicyDocument } from './policy-document.ts';
import { isKnownPattern } from './service-reference.ts';

/** The actions and action patterns of a document that no service has, as written; for linting, not for decisions. */
export function unknownActions(document: PolicyDocument): readonly string[] {
  const actions = [document.Statement].flat().flatMap(({ Action, NotAction }) => [Action ?? NotAction ?? []].flat());
  return [...new Set(actions)].filter((action) => action !== '*' && !isKnownPattern(action.toLowerCase()));
}
