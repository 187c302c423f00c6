import type { ComponentChildren } from 'preact';
import type { Address, View } from '../../models/address.ts';
import { countOf } from '../../chart/time-text.ts';
import { shownState, urgency } from '../../models/family.ts';
import { Now } from '../now/now.tsx';
import { Glyph } from '../parts/glyph.tsx';
import { Name } from '../parts/name.tsx';
import { Run } from '../run/run.tsx';
import { Runs } from '../runs/runs.tsx';
import { address, announcement, areKeysShown, hrefOf, loadError, shown, snapshot } from '../state/store.ts';
import { KeyList } from './key-list.tsx';
import { TimeStrip } from './time-strip.tsx';
import { Unknown } from './unknown.tsx';

/** The page: bar, strip of time, views at the left, the view. */
export function Page() {
  const models = shown.value;
  if (loadError.value !== undefined) return <Notice title="This page cannot be read">{loadError.value}</Notice>;
  if (!models || !snapshot.value) return <Notice title="Unpacking the run">It takes less than a second.</Notice>;
  const current = address.value;
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the view
      </a>
      <header class="bar">
        <svg class="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M2 7h9a2.5 2.5 0 1 0-2.5-2.5M2 10.5h13a2.5 2.5 0 1 1-2.5 2.5M2 14h7" />
        </svg>
        <strong>Crosswind</strong>
        <Name>{models.title}</Name>
        <span class="badge">{models.simulated ? 'Simulated: nothing ran on AWS' : 'Recorded on AWS'}</span>
        <button
          type="button"
          class="button small keys"
          aria-expanded={areKeysShown.value}
          onClick={() => {
            areKeysShown.value = !areKeysShown.value;
          }}
        >
          Keys <kbd>?</kbd>
        </button>
      </header>
      <TimeStrip snapshot={snapshot.value} now={models.at} />
      <div class="frame">
        <Views current={current.view} />
        <main id="main" tabIndex={-1}>
          {areKeysShown.value && <KeyList />}
          <ViewOf current={current} />
          <Cut sentences={models.cut} />
        </main>
      </div>
      <p class="off-screen" role="status">
        {announcement.value}
      </p>
    </>
  );
}

/** The address after `#` is the view: a link to `#main` would leave it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function ViewOf({ current }: { readonly current: Address }) {
  const models = shown.value;
  if (!models) return null;
  const { view } = current;
  switch (view.name) {
    case 'now':
      return <Now models={models} />;
    case 'runs':
      return <Runs key="runs" models={models} state={current.state} />;
    case 'run':
      return <Run key={`${view.account}/${view.machine}/${view.execution}`} models={models} view={view} />;
    case 'unknown':
      return <Unknown>{`There is no view at ${view.path}`}</Unknown>;
  }
}

function Views({ current }: { readonly current: View }) {
  const models = shown.value;
  const bad = models?.executions.filter(
    (each) => each.parent === null && urgency(shownState(each, models.verdict)) <= urgency('timed out'),
  );
  const count = bad?.length ?? 0;
  const worst = models && bad?.some((each) => shownState(each, models.verdict) === 'stuck') ? 'stuck' : 'failed';
  const link = (view: View, isCurrent: boolean, text: string, more?: ComponentChildren) => (
    <a href={hrefOf(view)} aria-current={isCurrent ? 'page' : undefined}>
      {text}
      {more}
    </a>
  );
  return (
    <nav class="views" aria-label="Views">
      {link({ name: 'now' }, current.name === 'now', 'Now')}
      {link(
        { name: 'runs' },
        current.name === 'runs' || current.name === 'run',
        'Runs',
        count > 0 && (
          <span class="count">
            <Glyph state={worst} label={`${countOf(count, 'run')} went wrong:`} /> {count}
          </span>
        ),
      )}
    </nav>
  );
}

function Cut({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <section class="left-out" aria-label="Left out of this file">
      <h2>Left out of this file</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}

const Notice = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <main class="notice">
    <h1>{title}</h1>
    <p>{children}</p>
  </main>
);
