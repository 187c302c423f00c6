import { pairOf } from '../../chart/pair.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import { shownState } from '../../models/family.ts';
import { accountName } from '../../models/lookup.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { Glyph, LabeledGlyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';

export interface PairPictureProps {
  readonly models: Snapshot;
  readonly execution: ExecutionModel;
}

/** The execution that waits above the one that it waits for, with the account of each and what is denied between them. */
export function PairPicture({ models, execution }: PairPictureProps) {
  const pair = pairOf(models, execution);
  if (!pair) return null;
  const box = (each: ExecutionModel) => (
    <p class="pair-box">
      <LabeledGlyph state={shownState(each, models.verdicts)} />
      <Name>{each.title}</Name>
      <span class="quiet">
        <Name>{accountName(models.accounts, each.account) ?? each.account}</Name>
      </span>
    </p>
  );
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
