import type { Platform } from '../../../config/schema.ts';
import { shapeWithout } from '../diff/shape.ts';
import { tenantMoves } from '../movement.ts';
import { platformNames } from '../platform-names.ts';
import type { Plan } from '../schema/plan-schema.ts';
import type { Section } from './line.ts';
import { sectionsOf, titleOf } from './sections.ts';

export interface Presentation {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A plan as text of the platforms before and after. */
export function presentation(plan: Plan, before: Platform, after: Platform, now: Date): Presentation {
  const platforms = [before, after];
  const accounts = platforms.flatMap((platform) => platform.accounts);
  const moves = new Set(tenantMoves(before, after).map(({ tenant, wave }) => `${wave} ${tenant}`));
  const sections = sectionsOf(plan, {
    names: new Map<string, string>(accounts.map(({ id, name }) => [id, name])),
    shape: shapeWithout(platforms.flatMap(platformNames)),
    now,
    isMoved: ({ tenant, wave }) => moves.has(`${wave} ${tenant}`),
  });
  return { title: titleOf(plan, sections), sections };
}
