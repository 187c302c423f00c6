import { finding } from '../../chart/finding.ts';
import { clockText, countOf, countText, durationText } from '../../chart/time-text.ts';
import { firstStart } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Title } from '../parts/head.tsx';
import { byUrgency, RunTable } from '../runs/run-table.tsx';
import { hrefOf } from '../state/store.ts';
import { StartButton } from '../actions/start-button.tsx';
import { AlarmsCard } from './alarms-card.tsx';
import { ChangesCard } from './changes-card.tsx';
import { FleetCard } from './fleet-card.tsx';
import { PermissionsCard } from './permissions-card.tsx';
import { WorstCard } from './worst-card.tsx';

/** Rows of a card at most. */
const mostRows = 5;

/** The worst finding as a sentence, and what else there is to see. */
export function Now({ models }: { readonly models: Snapshot }) {
  const runs = byUrgency(models);
  return (
    <>
      <div class="head-row">
        <div>
          <Title>{finding(models)}</Title>
          {runs.length > 0 && <p class="lead">{leadOf(models)}</p>}
        </div>
        <StartButton />
      </div>
      <WorstCard models={models} />
      <div class="cards">
        <section aria-labelledby="now-runs">
          <header>
            <h2 id="now-runs">Runs</h2>
            {runs.length > 0 && (
              <a href={hrefOf({ name: 'runs' })}>
                {runs.length === 1 ? 'All runs' : `All ${countOf(runs.length, 'run')}`}
              </a>
            )}
          </header>
          <RunTable models={models} runs={runs.slice(0, mostRows)} label="Runs" />
        </section>
        <PermissionsCard models={models} />
        <FleetCard models={models} />
        <AlarmsCard models={models} />
        <ChangesCard changes={models.sections.changes} />
      </div>
    </>
  );
}

/** Since when something runs, and what still does. */
function leadOf(models: Snapshot): string {
  const { executions, at } = models;
  const first = firstStart(models);
  const open = executions.filter(({ status }) => status === 'RUNNING');
  const newest = open.reduce((latest, { startedAt }) => Math.max(latest, startedAt), 0);
  const length = durationText(at - newest);
  const some =
    open.length === 1
      ? `1 of them runs, for ${length}`
      : `${countText(open.length)} of them run, the newest for ${length}`;
  const now = open.length === 0 ? 'none of them runs on' : some;
  return `${countOf(executions.length, 'execution')} since ${clockText(first)} UTC, ${now}.`;
}
