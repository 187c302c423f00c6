import { z } from 'zod';
import { isDay } from '../config/day.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import { formatProblem } from '../config/problem.ts';
import type { Waiver } from './waiver.ts';

const text = (expected: string) => z.string(expected).min(1, expected);

const ruleId = 'the id of a rule, for cdk-nag with its finding in brackets; copy it from the finding';

const waiver = z
  .strictObject({
    rule: z
      .string(ruleId)
      .regex(/^[A-Za-z][\w-]*(\[[^\]]+\])?$/, ruleId)
      .refine((rule) => !/\[(Action::)?\*\]/.test(rule), 'a finding that is not any finding at all; name it'),
    path: text('a construct path; copy it from the finding, with * for what differs'),
    actions: z
      .array(z.string().regex(/^[a-z0-9-]+:[A-Za-z]+$/, 'an action; write one such as logs:PutLogEvents'))
      .optional(),
    reason: text('why the finding is no danger here; write it down').min(
      20,
      'a sentence; say why it is no danger here',
    ),
    owner: text('the team that answers for it; name it'),
    until: z
      .string('a day in quotes; write one such as 2027-06-30')
      .refine((day) => isDay(day), 'a day; write one such as 2027-06-30')
      .optional(),
    reviewAt: z
      .string('a version in quotes; write one such as "1.0.0"')
      .regex(/^\d+\.\d+\.\d+$/, 'a version; write one such as 1.0.0')
      .optional(),
  })
  .superRefine(({ until, reviewAt }, context) => {
    if ((until === undefined) === (reviewAt === undefined)) {
      context.addIssue({ code: 'custom', message: 'either until or reviewAt; say when it is looked at again' });
    }
  });

const waiversFile = z.strictObject({ waivers: z.array(waiver) });

/** The waivers of a file, or everything that is wrong with it, each problem with its place. */
export type ReadWaivers =
  | { readonly ok: true; readonly waivers: readonly Waiver[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the text of a `waivers.yaml`.
 * @param file as problems name it
 * @param within construct paths that the paths of the file are below; everywhere, if absent
 */
export function readWaivers(text: string, file: string, within?: readonly string[]): ReadWaivers {
  const parsed = parseYaml(text, waiversFile);
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map((problem) => formatProblem(file, problem)) };
  const waivers = parsed.value.waivers.map((each, index) => {
    const { line = 1, column = 1 } = parsed.placeOf(['waivers', index]);
    // The schema has made sure that it has either a day or a version.
    return { ...each, place: `${file}:${line}:${column}`, within } as Waiver;
  });
  return { ok: true, waivers };
}
