import { messageOf } from '@crosswind/aws/problem';
import { RunFailed } from '../failure.ts';

/**
 * Runs code of a workload.
 * @param file as messages name it
 * @throws RunFailed that names the file, whatever that code throws
 */
export async function ofWorkload<Answer>(file: string, run: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (error) {
    throw new RunFailed(`${file}: ${messageOf(error)}`, { cause: error });
  }
}
