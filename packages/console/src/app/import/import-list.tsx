import { runView } from '../../models/address.ts';
import { countOf, durationText, timeText } from '../../chart/time-text.ts';
import { stateOfStatus } from '../../models/states.ts';
import { Chip } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf, imports } from '../state/store.ts';

/** Executions that were imported, the newest import first. */
export function ImportList({ open }: { readonly open: string | undefined }) {
  return (
    <div class="table-box" role="region" aria-label="Imports" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Execution</th>
            <th scope="col">Account</th>
            <th scope="col">Started</th>
            <th scope="col" class="number">
              Took
            </th>
            <th scope="col" class="number">
              Events
            </th>
          </tr>
        </thead>
        <tbody>
          {[...imports.value].reverse().flatMap(([digest, { snapshot }]) =>
            snapshot.executions.map((execution, index) => {
              const { total = 0 } = snapshot.events[index] ?? {};
              const view = runView(execution.arn, 'waterfall');
              return (
                <tr key={`${digest} ${execution.arn}`} class={digest === open ? 'is-open' : ''}>
                  <td>
                    <Chip state={stateOfStatus(execution.status)} />
                  </td>
                  <td>
                    <a data-row href={hrefOf(view.name === 'run' ? { ...view, imported: digest } : view)}>
                      <Name>{execution.title}</Name>
                    </a>{' '}
                    <span class="quiet">
                      <Name isCode>{execution.name}</Name>
                    </span>
                  </td>
                  <td class="code">{execution.account}</td>
                  <td class="code">{timeText(execution.startedAt)}</td>
                  <td class="number">{durationText((execution.stoppedAt ?? snapshot.at) - execution.startedAt)}</td>
                  <td class="number">{countOf(total, 'event')}</td>
                </tr>
              );
            }),
          )}
        </tbody>
      </table>
    </div>
  );
}
