import { expect, test } from 'vitest';
import { platformIn } from '../../../cli/platform/platform-in.ts';
import { planSide } from '../../../cli/plan/plan-side.ts';
import { markdownOf } from '../../../cli/plan/present/markdown.ts';
import { presentation } from '../../../cli/plan/present/presentation.ts';
import { planSchema } from '../../../cli/plan/schema/plan-schema.ts';
import { staticPlan } from '../../../cli/plan/static-plan.ts';
import { allChanges, base, headWith } from './ten-changes.ts';

const now = new Date('2026-12-01T12:00:00Z');

const side = (directory: string) => planSide(directory, platformIn(directory), directory, undefined);

/** Lines of the Markdown that nothing folds away. */
function visibleLines(names: readonly string[]): readonly string[] {
  const [before, after] = [side(base()), side(headWith(names))];
  const plan = staticPlan(before, after, { now, version: '0.2.0' });
  planSchema.parse(JSON.parse(JSON.stringify(plan)));
  const { title, sections } = presentation(plan, [before.platform, after.platform], now);
  const text = markdownOf(title, sections);
  return text
    .replace(/<details>[^]*?<\/details>/g, '')
    .split('\n')
    .filter((line) => line !== '');
}

test.each([...allChanges.map((name) => [[name]]), [allChanges]])('%j', (names) => {
  console.log(visibleLines(names).join('\n'));
  expect(1).toBe(1);
});
