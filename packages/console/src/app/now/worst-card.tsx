import { useLayoutEffect, useRef } from 'preact/hooks';
import { runView } from '../../models/address.ts';
import { capitalized } from '../../chart/capitalized.ts';
import { durationText } from '../../chart/time-text.ts';
import { accountName } from '../../models/lookup.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import type { ClaimModel, Gravity } from '../../models/verdict.ts';
import { DeniedText } from '../parts/denied-text.tsx';
import { Chip, hueOfState } from '../parts/glyph.tsx';
import { LaterNote } from '../parts/later-note.tsx';
import { Name } from '../parts/name.tsx';
import { hrefOf, wantsFix } from '../state/store.ts';
import { executionOf, worstClaim } from '../../chart/finding.ts';
import { PairPicture } from './pair-picture.tsx';
import './now.css';

const stateOf = { stuck: 'stuck', bad: 'failed', held: 'throttled', well: 'succeeded' } as const;

/** State that a claim is shown as. */
export const stateOfGravity = (gravity: Gravity) => stateOf[gravity];

/** A claim in two words: what, and for how long. */
export function claimText({ gravity, since, until }: ClaimModel, now: number): string {
  const words = { stuck: 'Stuck', bad: 'Failed', held: 'Slowed', well: 'Well' } as const;
  const length = since === null ? '' : ` for ${durationText((until ?? now) - since)}`;
  return gravity === 'bad' ? words.bad : `${words[gravity]}${length}`;
}

/** The worst claim with the one button of the front page, which has the focus. */
export function WorstCard({ models }: { readonly models: Snapshot }) {
  const button = useRef<HTMLAnchorElement>(null);
  const claim = worstClaim(models);
  useLayoutEffect(() => {
    button.current?.focus({ preventScroll: true });
  }, [claim?.id, claim?.execution]);
  if (!claim) return null;
  const execution = executionOf(models, claim);
  const state = stateOfGravity(claim.gravity);
  const evidence = models.verdicts.find(({ claims }) => claims.includes(claim))?.evidence ?? [];
  const denied = evidence.find((item) => item.kind === 'decision');
  const account = accountName(models.accounts, execution?.account ?? '');
  return (
    <section class={`card worst is-${hueOfState(state)}`} aria-label="What needs you first">
      <div>
        <p>
          <Chip state={state}>{claimText(claim, models.at)}</Chip>{' '}
          {execution && (
            <>
              <Name>{execution.title}</Name> <span class="quiet">in</span>{' '}
              {account !== undefined && <Name>{account}</Name>} <span class="code">{execution.account}</span>
            </>
          )}
        </p>
        <h2>
          <Name>{sentenceOf(claim)}</Name>
        </h2>
        {denied && (
          <p>
            Denied: <DeniedText item={denied} />
          </p>
        )}
        {!claim.isCertain && <p class="quiet">Most likely: the evidence allows another reason.</p>}
        <LaterNote models={models} />
        <p class="buttons">
          <a
            ref={button}
            class="button primary"
            href={hrefOf(execution ? runView(execution.arn, 'waterfall') : { name: 'runs' })}
            onClick={() => {
              wantsFix.value = true;
            }}
          >
            Explain and fix <kbd>Enter</kbd>
          </a>
        </p>
      </div>
      {execution && <PairPicture models={models} execution={execution} />}
    </section>
  );
}

/** A claim as a sentence. */
export const sentenceOf = ({ sentence }: ClaimModel): string =>
  `${capitalized(sentence)}${sentence.endsWith('.') ? '' : '.'}`;
