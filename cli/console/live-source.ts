import { randomBytes } from 'node:crypto';
import type { LiveSource } from '@crosswind/console/server/live-console';
import type { Execution } from '@crosswind/sandbox/sandbox';
import type { ConsoleContext } from './console-context.ts';
import { actionsOf, answersOf } from './handlers.ts';
import { liveDecisions } from './live-decisions.ts';
import { liveExecutions, shownExecutions } from './live-executions.ts';
import { liveVerdicts } from './live-verdicts.ts';
import { tenantStages } from './named-stages.ts';
import { readSections, sectionReaders } from './sections.ts';

/** A sandbox as the source of a page that goes on with it. */
export function liveSource(context: ConsoleContext): LiveSource {
  const { sandbox, platform, accounts } = context;
  const stages = platform ? tenantStages(platform) : new Map<string, never>();
  const titleOf = ({ machine }: Execution): string => {
    const known = stages.get(machine.arn);
    return known ? `${known.tenant} ${known.stage}` : machine.name;
  };
  const readers = sectionReaders(context);
  const sourceOf = liveExecutions(titleOf);
  const decisionsNow = liveDecisions(sandbox);
  const verdictsNow = liveVerdicts({ sandbox, stages, realNow: () => performance.now() });
  const names = accounts.map(({ id, name }) => ({ id, name }));
  return {
    start: randomBytes(9).toString('hex'),
    answers: answersOf(context),
    actions: actionsOf(context),
    async read() {
      const sections = await readSections(readers);
      // From here on nothing waits, so that all models are of one time.
      const { executions, cut } = shownExecutions(sandbox);
      const decisions = decisionsNow();
      return {
        title: 'Sandbox',
        simulated: true,
        at: sandbox.simulation.now(),
        accounts: names,
        executions: executions.map(sourceOf),
        decisions: decisions.decisions,
        verdicts: verdictsNow(executions, decisions),
        sections,
        cut,
      };
    },
  };
}
