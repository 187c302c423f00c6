import { fromIssue, type JsonProblem } from '@crosswind/aws/json-problem';
import { z } from 'zod';

const json = z.json();

const answer = z
  .strictObject({ output: json.optional(), error: z.string().optional(), cause: z.string().optional() })
  .refine((each) => 'output' in each !== ('error' in each || 'cause' in each), {
    error: 'expected either output, or error and cause',
  });

/** A case may have other keys, such as an expected outcome. */
const caseFile = z.array(
  z.object({
    name: z.string(),
    definition: z.union([z.string(), z.record(z.string(), json)], { error: 'expected an object, or its text' }),
    input: json.default({}),
    mocks: z
      .record(z.string(), z.array(answer).min(1))
      .nullish()
      .transform((mocks) => mocks ?? {}),
  }),
);

export type AslCase = z.infer<typeof caseFile>[number];

/** Answer of a mocked state to one attempt. */
export type Answer = z.infer<typeof answer>;

export type CasesRead =
  | { readonly ok: true; readonly cases: readonly AslCase[] }
  | { readonly ok: false; readonly problems: readonly JsonProblem[] };

/** Reads the cases of a JSON document, or reports everything that is wrong with them. */
export function readCases(document: unknown): CasesRead {
  const parsed = caseFile.safeParse(document);
  if (parsed.success) return { ok: true, cases: parsed.data };
  return { ok: false, problems: parsed.error.issues.map((issue) => fromIssue(document, issue)) };
}
