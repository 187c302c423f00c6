import { countsText } from '../../chart/organization/summary.ts';
import { countOf } from '../../chart/time-text.ts';
import type { OrganizationAccount, StackModel } from '../../models/organization.ts';
import type { ShownState } from '../../models/states.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Empty } from '../parts/head.tsx';
import { Name } from '../parts/name.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';

/** State of a stack as a sign. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html */
function stateOf({ status }: StackModel): ShownState {
  if (status === null) return 'waiting';
  if (/FAILED|ROLLBACK/.test(status)) return 'failed';
  return status.endsWith('IN_PROGRESS') ? 'running' : 'succeeded';
}

/** Stacks of an account with their state and what they contain. */
export function AccountStacks({ account: { stacks } }: { readonly account: OrganizationAccount }) {
  return (
    <>
      <h3>{countOf(stacks.length, 'stack')}</h3>
      {stacks.length === 0 ? (
        <Empty>Nothing of this app is deployed here.</Empty>
      ) : (
        <div role="table" aria-label="Stacks" aria-rowcount={stacks.length}>
          <VirtualList
            count={stacks.length}
            rowHeight={44}
            height={352}
            row={(index) => {
              const stack = stacks[index];
              return (
                stack && (
                  <div class="stack-row" role="row" aria-rowindex={index + 1}>
                    <span role="cell" class="cell-name">
                      <Glyph state={stateOf(stack)} label={stack.status ?? 'not deployed'} />
                      <Name>{stack.name}</Name>
                    </span>
                    <span role="cell" class="cell-name">
                      <span class="quiet">
                        {`${stack.status ?? 'not deployed'}, ${countsText(stack.counts)}, ${stack.region}`}
                      </span>
                    </span>
                  </div>
                )
              );
            }}
          />
        </div>
      )}
    </>
  );
}
