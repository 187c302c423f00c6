import { Fragment } from 'preact';
import { runView } from '../../models/address.ts';
import { clockText } from '../../chart/time-text.ts';
import type { ExecutionModel } from '../../models/executions.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { EvidenceModel } from '../../models/verdict.ts';
import { claimText, sentenceOf, stateOfGravity } from '../now/worst-card.tsx';
import { DeniedText } from '../parts/denied-text.tsx';
import { Chip, hueOfState } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf } from '../state/store.ts';
import { LaterNote } from '../parts/later-note.tsx';
import { Fixes } from './fixes.tsx';

export interface VerdictProps {
  readonly models: Snapshot;
  readonly family: readonly ExecutionModel[];
  readonly asked: ExecutionModel;
  /** False for one line that leads to all of it. */
  readonly isOpen: boolean;
}

/** Why the run is as it is: the claim, the rows that prove it, the fix to copy. */
export function Verdict({ models, family, asked, isOpen }: VerdictProps) {
  const arns = new Set(family.map(({ arn }) => arn));
  const verdict = models.verdicts.find(({ execution }) => execution !== null && arns.has(execution));
  const [first, ...others] = verdict?.claims ?? [];
  if (!verdict || !first) return null;
  const { evidence, fixes, runbook } = verdict;
  const state = stateOfGravity(first.gravity);
  if (!isOpen) {
    return (
      <p>
        <Chip state={state}>{claimText(first, models.at)}</Chip> <Name>{sentenceOf(first)}</Name>{' '}
        <a href={hrefOf(runView(asked.arn, 'waterfall'))}>{fixes.length > 0 ? 'Explain and fix' : 'Explain'}</a>
      </p>
    );
  }
  return (
    <section class={`card verdict is-${hueOfState(state)}`} aria-label="Verdict">
      <div class="verdict-why">
        <p>
          <Chip state={state}>{claimText(first, models.at)}</Chip>
          {first.isCertain ? '' : ' most likely: the evidence allows another reason'}
        </p>
        <h2>
          <Name>{sentenceOf(first)}</Name>
        </h2>
        <LaterNote models={models} />
        <dl class="facts">
          {first.since !== null && (
            <>
              <dt>Since</dt>
              <dd>{clockText(first.since)} UTC</dd>
            </>
          )}
          {evidence.map((item, index) => (
            <Evidence key={index} item={item} models={models} />
          ))}
          {others.map((claim) => (
            <Fragment key={claim.id}>
              <dt>Also</dt>
              <dd>
                <Name>{sentenceOf(claim)}</Name>
              </dd>
            </Fragment>
          ))}
          {runbook !== null && (
            <>
              <dt>Runbook</dt>
              <dd class="code">{runbook}</dd>
            </>
          )}
        </dl>
      </div>
      {fixes.length > 0 && <Fixes fixes={fixes} />}
    </section>
  );
}

/** A fact, with a link to the row that shows it. */
function Evidence({ item, models }: { readonly item: EvidenceModel; readonly models: Snapshot }) {
  switch (item.kind) {
    case 'event': {
      const execution = models.executions.find(({ arn }) => arn === item.execution);
      return (
        <>
          <dt>Event</dt>
          <dd>
            <a href={hrefOf(runView(item.execution, 'history'), { event: String(item.id) })}>
              {`${item.id} ${item.type}`}
            </a>
            , {clockText(item.at)}, <Name>{execution?.title ?? ''}</Name>
          </dd>
        </>
      );
    }
    case 'decision':
      return (
        <>
          <dt>Denied</dt>
          <dd>
            <DeniedText item={item} />
          </dd>
        </>
      );
    case 'other':
      return (
        <>
          <dt>Seen</dt>
          <dd>
            <Name>{item.sentence}</Name>
          </dd>
        </>
      );
  }
}
