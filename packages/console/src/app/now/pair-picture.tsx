import { pairOf } from '../../chart/pair.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';

export interface PairPictureProps {
  readonly models: Snapshot;
  readonly execution: ExecutionModel;
}

/** The execution that waits above the one that it waits for, with the account of each and what is denied between them. */
export function PairPicture({ models, execution }: PairPictureProps) {
  const pair = pairOf(models, execution);
  if (!pair) return null;
  const box = ({ title, account, ...each }: ExecutionModel) => {
    const state = shownState({ title, account, ...each }, models.verdicts);
    return (
      <p class="pair-box">
        <Glyph state={state} label={state} />
        <Name>{title}</Name>
        <span class="quiet">
          <Name>{models.accounts.find(({ id }) => id === account)?.name ?? account}</Name>
        </span>
      </p>
    );
  };
  return (
    <div class="pair" role="group" aria-label="Parent and child">
      {box(pair.parent)}
      <p class={`pair-line ${pair.denied === null ? '' : 'is-denied'}`}>
        {pair.denied === null ? (
          <span class="quiet">started</span>
        ) : (
          <>
            <Glyph state="denied" label="denied:" /> <Name>{pair.denied.split(':').at(-1) ?? pair.denied}</Name>
          </>
        )}
      </p>
      {box(pair.child)}
    </div>
  );
}
