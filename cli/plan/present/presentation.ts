import type { Platform } from '../../../config/schema.ts';
import { shapeWithout } from '../diff/shape.ts';
import { platformNames } from '../platform-names.ts';
import type { Plan } from '../schema/plan-schema.ts';
import type { Section } from './line.ts';
import { sectionsOf, titleOf } from './sections.ts';

export interface Presentation {
  readonly title: string;
  readonly sections: readonly Section[];
}

/** A plan as text of the platforms before and after. */
export function presentation(plan: Plan, platforms: readonly Platform[], now: Date): Presentation {
  const accounts = platforms.flatMap((platform) => platform.accounts);
  const names = new Map<string, string>(accounts.map(({ id, name }) => [id, name]));
  const sections = sectionsOf(plan, { names, shape: shapeWithout(platforms.flatMap(platformNames)), now });
  return { title: titleOf(plan, sections), sections };
}
