import type { Sandbox } from '@crosswind/sandbox/sandbox';
import { explanationOf } from './diagnosis.ts';
import { fixLines } from './present.ts';

/** Text about the statements that fix the denied call that an error names; none if it names none, or no statement does. */
export function fixOf(error: string, { decisions }: Pick<Sandbox, 'decisions'>): readonly string[] {
  const named = decisions
    .denials()
    .findLast(
      ({ request: { action, resource } }) => error.includes(`${action} on resource: `) && error.includes(resource),
    );
  return named ? fixLines(explanationOf(named.decision)) : [];
}
