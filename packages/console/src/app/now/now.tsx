import { clockText, countOf, countText, durationText } from '../../chart/time-text.ts';
import type { DecisionModel } from '../../models/decisions.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Chip } from '../parts/glyph.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { byUrgency, RunTable } from '../runs/run-table.tsx';
import { hrefOf } from '../state/store.ts';
import { finding } from '../../chart/finding.ts';
import { WorstCard } from './worst-card.tsx';

/** Rows of a card at most. */
const mostRows = 5;

/** The worst finding as a sentence, and what else there is to see. */
export function Now({ models }: { readonly models: Snapshot }) {
  const runs = byUrgency(models);
  const first = models.executions.reduce((least, { startedAt }) => Math.min(least, startedAt), models.at);
  const open = models.executions.find(({ status }) => status === 'RUNNING');
  return (
    <>
      <Title>{finding(models)}</Title>
      <p class="lead">
        {countOf(models.executions.length, 'execution')} since {clockText(first)} UTC,{' '}
        {open ? `the last of them runs for ${durationText(models.at - open.startedAt)}` : 'none of them runs on'}.
      </p>
      <WorstCard models={models} />
      <div class="cards">
        <section aria-labelledby="now-runs">
          <header>
            <h2 id="now-runs">Runs</h2>
            <a href={hrefOf({ name: 'runs' })}>
              {runs.length === 1 ? 'All runs' : `All ${countOf(runs.length, 'run')}`}
            </a>
          </header>
          <RunTable models={models} runs={runs.slice(0, mostRows)} label="Runs" />
        </section>
        <section aria-labelledby="now-decisions">
          <header>
            <h2 id="now-decisions">Permissions</h2>
          </header>
          <Decisions decisions={models.decisions} />
        </section>
      </div>
    </>
  );
}

const isDenied = ({ verdict }: DecisionModel): boolean => verdict !== 'allowed';

function Decisions({ decisions }: { readonly decisions: Snapshot['decisions'] }) {
  if (decisions.length === 0) return <Empty>No call was checked yet: it is, as soon as a workflow runs.</Empty>;
  const rows = [...decisions]
    .sort((one, other) => Number(isDenied(other)) - Number(isDenied(one)) || other.times - one.times)
    .slice(0, mostRows);
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label="Decisions by role and action">
      <table>
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Role and action</th>
            <th scope="col" class="number">
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{isDenied(row) ? <Chip state="denied" /> : 'Allowed'}</td>
              <td class="wide">
                <Name>{row.principal.split('/').at(-1) ?? row.principal}</Name>{' '}
                <span class="quiet">{isDenied(row) ? 'may not' : 'may'}</span> <Name>{row.action}</Name>
              </td>
              <td class="number">{countText(row.times)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
