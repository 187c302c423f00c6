import type { ResultContent } from '@crosswind/console/models/results';
import { type Handler, Refused } from '@crosswind/console/server/handlers';
import { z } from 'zod';
import type { LocalResults } from '../../../blocks/local.ts';
import { RunFailed } from '../../failure.ts';
import type { ConsoleContext } from '../console-context.ts';
import type { ReadableRun } from '../results/tenant-results.ts';

const question = z.strictObject({ run: z.string() });

/** Results of a run that has ended. They are read again for another run only: what a run has written stays as it is. */
export function resultAnswer({ results }: Pick<ConsoleContext, 'results'>): Handler {
  let last: { readonly key: string; readonly content: Promise<ResultContent> } | undefined;
  return async (what) => {
    const asked = question.safeParse(what);
    if (!asked.success) throw new Refused('the question needs the ARN of an execution: { "run": "arn:…" }');
    const { run } = asked.data;
    const found = [...(await results()).values()].flatMap(({ runs }) => runs).find((each) => each.run === run);
    if (!found) throw new Refused(`no run ${run} has ended: choose one of the list of runs`);
    const key = `${run} ${found.endedAt}`;
    if (last?.key !== key) last = { key, content: contentOf(found.read) };
    try {
      return await last.content;
    } catch (error) {
      last = undefined;
      throw error instanceof RunFailed ? new Refused(error.message) : error;
    }
  };
}

type SomeResults = Pick<LocalResults, 'tables' | 'series' | 'points' | 'whole' | 'provenance' | 'finding'>;

/** Projecting loads a map, so it is loaded for the first question. */
async function contentOf(read: ReadableRun['read']): Promise<ResultContent> {
  const { resultContent } = await import('@crosswind/console/server/result-content');
  const results: SomeResults = (await read()) ?? { tables: [] };
  return resultContent({ ...results, ...results.whole });
}
