import type { FinishedRun, LocalResults } from '../../../blocks/local.ts';
import type { Counted } from './functions/counted.ts';

/** The sum that the child wrote, as a file, as figures and as a table. */
export async function resultsOf({ executions, resource, storage }: FinishedRun): Promise<LocalResults> {
  const child = executions.get('child')?.[0];
  const key = `executions/${child?.name ?? ''}/summary.json`;
  const body = await storage.inspect({ bucket: resource('child', 'Child/Results').name, key });
  const batches = child?.mapRuns[0]?.counts().executionCounts.total ?? 0;
  if (!body) return { data: { batches }, files: [], tables: [] };
  const { objects, words } = JSON.parse(body.toString()) as Counted;
  return {
    data: { objects, words, batches },
    files: [{ name: 'summary.json', body }],
    tables: [
      {
        title: 'Counted words',
        columns: [
          { heading: 'texts', align: 'right' },
          { heading: 'words', align: 'right' },
        ],
        rows: [[String(objects), String(words)]],
        notes: ['generated texts, nobody wrote them'],
      },
    ],
  };
}
