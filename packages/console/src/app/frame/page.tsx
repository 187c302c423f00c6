import type { ComponentChildren } from 'preact';
import { type Address, addressText } from '../../models/address.ts';
import type { Snapshot } from '../../models/snapshot.ts';
import { connection } from '../live/connection.ts';
import { ConnectionNote, connectionTitle, sentenceOf } from '../live/connection-note.tsx';
import { isPaletteOpen, Palette } from '../palette/palette.tsx';
import { Name } from '../parts/name.tsx';
import { address, announcement, areKeysShown, imports, loadError, shown, whole } from '../state/store.ts';
import type { DrawnViews } from '../view-props.ts';
import { KeyList } from './key-list.tsx';
import { TimeStrip } from './time-strip.tsx';
import { Unknown } from './unknown.tsx';
import { Views } from './views-nav.tsx';

/** The page: bar, strip of time, views at the left, the view. */
export function Page({ views }: { readonly views: DrawnViews }) {
  const models = shown.value;
  if (loadError.value !== undefined) return <Notice title="This page cannot be read">{loadError.value}</Notice>;
  if (!models || !whole.value) return <Loading />;
  const current = address.value;
  const isOld = IS_SERVED && sentenceOf(connection.value) !== undefined;
  return (
    <>
      <a class="skip" href="#main" onClick={skip}>
        Skip to the view
      </a>
      <Top models={models} whole={whole.value} />
      <div class={isOld ? 'frame is-old' : 'frame'}>
        <Views current={current.view} />
        <main id="main" tabIndex={-1}>
          {areKeysShown.value && <KeyList />}
          <ViewOf current={current} views={views} />
          <Cut sentences={models.cut} />
        </main>
      </div>
      {isPaletteOpen.value && <Palette models={models} />}
      <p class="off-screen" role="status">
        {announcement.value}
      </p>
    </>
  );
}

/** Bar, strip of time, and what to know about the server. */
function Top({ models, whole }: { readonly models: Snapshot; readonly whole: Snapshot }) {
  return (
    <div class="top">
      <header class="bar">
        <svg class="logo" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
          <path d="M2 7h9a2.5 2.5 0 1 0-2.5-2.5M2 10.5h13a2.5 2.5 0 1 1-2.5 2.5M2 14h7" />
        </svg>
        <strong>Crosswind</strong>
        <Name>{models.title}</Name>
        <span class="badge">{models.simulated ? 'Simulated: nothing ran on AWS' : 'Recorded, imported'}</span>
        <button
          type="button"
          class="button small find"
          aria-haspopup="dialog"
          onClick={() => {
            isPaletteOpen.value = true;
          }}
        >
          Find <kbd>Ctrl K</kbd>
        </button>
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
      <TimeStrip snapshot={whole} now={models.at} />
      {IS_SERVED && <ConnectionNote />}
    </div>
  );
}

function Loading() {
  const title = IS_SERVED ? connectionTitle(connection.value) : 'Unpacking the run';
  const sentence = IS_SERVED ? sentenceOf(connection.value) : undefined;
  return <Notice title={title}>{sentence ?? 'It takes less than a second.'}</Notice>;
}

/** The address after `#` is the view: a link to `#main` would leave it. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function ViewOf({ current, views }: { readonly current: Address; readonly views: DrawnViews }) {
  const models = shown.value;
  if (!models) return null;
  const { view } = current;
  if (view.name === 'unknown') return <Unknown>{`There is no view at ${addressText({ view })}`}</Unknown>;
  if (view.name === 'run' && (view.imported === undefined || imports.value.has(view.imported))) {
    const { run: Run } = views;
    return <Run key={`${view.account}/${view.machine}/${view.execution}`} models={models} view={view} />;
  }
  // A run of an import that this page does not have is asked for.
  const name = view.name === 'run' ? 'import' : view.name;
  const item = view.name === 'run' ? view.imported : 'item' in view ? view.item : undefined;
  const { [name]: View } = views;
  return <View key={name} models={models} address={current} item={item} />;
}

function Cut({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  const title = `Left out of this ${IS_SERVED ? 'page' : 'file'}`;
  return (
    <section class="left-out" aria-label={title}>
      <h2>{title}</h2>
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
