import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '@crosswind/aws/problem';
import { z } from 'zod';
import type { ShownVerdict } from './outcome.ts';

/** File from the root of the clone, with what `crosswind gameday --json` printed. */
export const recordedFile = 'out/gamedays.json';

/** Outcomes that somebody recorded. */
export interface RecordedGames {
  /** Milliseconds since the epoch; undefined without a file. */
  readonly at: number | undefined;
  readonly verdicts: readonly ShownVerdict[];
  /** Sentence without a full stop, where the file cannot be read. */
  readonly problem?: string;
}

const minutes = z.tuple([z.number(), z.number()]);
const alarmAt = z.object({ alarm: z.string(), line: z.string().optional(), at: z.number() });
const report = z.object({
  games: z.array(
    z.object({
      name: z.string(),
      expected: z.array(
        z.object({
          alarm: z.string(),
          account: z.string().optional(),
          tenant: z.string().optional(),
          fires: minutes,
          clears: minutes,
        }),
      ),
      fired: z.array(alarmAt),
      cleared: z.array(alarmAt),
      unexpected: z.array(z.string()),
      missing: z.array(z.string()),
      wrong: z.array(z.string()),
      passed: z.boolean(),
    }),
  ),
});

/** Reads recorded outcomes; the same object again until the file changes. */
export function recordedGames(root: string): () => RecordedGames {
  const file = join(root, recordedFile);
  let known: RecordedGames = { at: undefined, verdicts: [] };
  return () => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
    if (at !== known.at) known = at === undefined ? { at, verdicts: [] } : read(file, at);
    return known;
  };
}

function read(file: string, at: number): RecordedGames {
  try {
    const parsed = report.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (parsed.success) return { at, verdicts: parsed.data.games };
    const [issue] = parsed.error.issues;
    return wrong(at, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not a report'}`);
  } catch (error) {
    return wrong(at, messageOf(error));
  }
}

const wrong = (at: number, why: string): RecordedGames => ({
  at,
  verdicts: [],
  problem: `${recordedFile} is not what \`npx crosswind gameday --all --json\` prints (${why}): write it again`,
});
