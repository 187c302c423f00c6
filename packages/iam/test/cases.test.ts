import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judge, type Judgement } from '../src/cases/judge.ts';
import { problemLine } from '@crosswind/aws/problem';
import { readCases } from '../src/cases/read-cases.ts';

/** A case as `crosswind iam` reads it, with what has to come of it. */
interface Expected {
  readonly name: string;
  readonly decision: Judgement['decision'];
  /** A part of the reasons. */
  readonly because?: string;
}

const folder = new URL('cases/', import.meta.url);

function judged({ decision: _, because: __, ...written }: Expected): Judgement {
  const read = readCases([written]);
  const [only] = read.ok ? read.cases : [];
  if (only === undefined) throw new Error(read.ok ? 'no case' : read.problems.map(problemLine).join('\n'));
  return judge(only);
}

for (const file of readdirSync(folder)) {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as readonly Expected[];
  describe(file.replace('.json', ''), () => {
    test.each(cases.map((each) => [each.name, each] as const))('%s', (_, each) => {
      const { decision, reasons } = judged(each);
      expect(decision, reasons.join('; ')).toBe(each.decision);
      expect(reasons.join('; ')).toContain(each.because ?? '');
    });
  });
}
