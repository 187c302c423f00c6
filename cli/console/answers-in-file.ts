import type { ResultContent } from '@crosswind/console/models/results';
import type { Handlers } from '@crosswind/console/server/handlers';
import type { RunSource, Sections } from '@crosswind/console/server/snapshot';

type Answer = NonNullable<RunSource['answers']>[number];

/** Answers to the questions that a page without a server would ask about results: those of each run, and the map for them. */
export async function answersInFile(handlers: Handlers, { results }: Pick<Sections, 'results'>): Promise<Answer[]> {
  const answer = async (kind: string, question: unknown): Promise<Answer> => ({
    kind,
    question: JSON.stringify(question),
    answer: await handlers[kind]?.(question),
  });
  const runs = results.flatMap((each) => each.runs);
  const contents = await Promise.all(runs.map(({ run }) => answer('result', { run })));
  const hasMap = contents.some(({ answer: content }) => (content as ResultContent).maps.length > 0);
  return hasMap ? [...contents, await answer('map', {})] : contents;
}
