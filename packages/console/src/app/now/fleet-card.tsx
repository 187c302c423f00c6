import { runsOf } from '../../chart/organization/last-runs.ts';
import { organizationRows, type OrganizationRow, sortedRows } from '../../chart/organization/rows.ts';
import { countOf } from '../../chart/time-text.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph, LabeledGlyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';

/** Rows, columns of waves, and runs of a tenant in a wave at most. */
const most = { rows: 5, waves: 3, runs: 4 } as const;

/** Tenants with their last runs in each wave: those that need a look first. */
export function FleetCard({ models }: { readonly models: Snapshot }) {
  const { organization } = models.sections;
  const tenants = organizationRows(models).filter(({ tenant }) => tenant !== undefined);
  if (!organization || tenants.length === 0) return null;
  const rows = sortedRows(tenants, 'what needs you first');
  const waves = organization.waves.slice(0, most.waves);
  const rest = rows.slice(most.rows);
  const wrong = rest.filter(({ needsLook }) => needsLook).length;
  return (
    <section aria-labelledby="now-fleet">
      <header>
        <h2 id="now-fleet">Fleet</h2>
        <a href={hrefOf({ name: 'organization' })}>Organization</a>
      </header>
      <div class="table-box" tabIndex={0} role="region" aria-label="Last runs of tenants">
        <table>
          <thead>
            <tr>
              <th scope="col">Tenant</th>
              {waves.map(({ name }) => (
                <th key={name} scope="col">
                  <Name>{name}</Name>, last runs
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, most.rows).map((row) => (
              <tr key={row.id}>
                <td class="fleet-name">
                  <a href={hrefOf({ name: 'runs' }, { filter: row.tenant?.name ?? '' })}>
                    <Name>{row.tenant?.name ?? ''}</Name>
                  </a>
                </td>
                {waves.map(({ name }) => (
                  <td key={name}>
                    <Runs models={models} row={row} wave={name} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest.length > 0 && (
        <p class="quiet fleet-rest">
          {`${countOf(rest.length, 'more tenant')}${wrong === 0 ? ', none of them needs a look' : `, ${wrong} to look at`}`}
        </p>
      )}
    </section>
  );
}

interface RunsProps {
  readonly models: Snapshot;
  readonly row: OrganizationRow;
  readonly wave: string;
}

function Runs({ models, row, wave }: RunsProps) {
  const cell = row.cells.get(wave);
  if (!cell) return <span class="quiet">not here</span>;
  const runs = runsOf(models, cell.boxes[0]?.machines ?? [])
    .slice(0, most.runs)
    .toReversed();
  const denied = cell.lines.find((line) => line.denied !== null)?.denied;
  if (runs.length === 0 && denied === undefined) return <span class="quiet">never ran</span>;
  return (
    <span class="last-runs">
      {runs.map((run) => (
        <LabeledGlyph key={run.arn} state={shownState(run, models.verdicts)} />
      ))}
      {typeof denied === 'string' && <Glyph state="denied" label={`calls are denied ${denied}`} />}
    </span>
  );
}
