import { signal } from '@preact/signals';
import type { ComponentType, FunctionComponent } from 'preact';
import { AskedNote } from '../parts/asked-note.tsx';
import { Empty, Title } from '../parts/head.tsx';
import { useLate } from '../parts/use-late.ts';
import { announcement, imports } from '../state/store.ts';

/** A view whose code comes when somebody wants it. */
export type LateView<Props> = FunctionComponent<Props> & {
  /** Asks for the code unless it is there, and says whether it came; a failure is said in place of the view, too. */
  readonly want: () => Promise<boolean>;
};

/** Draws a view as soon as its code is there, and says until then what it waits for. */
export function lateView<Props extends object>(load: () => Promise<ComponentType<Props>>): LateView<Props> {
  const drawn = signal<ComponentType<Props> | undefined>(undefined);
  const hasFailed = signal(false);
  let wanted: Promise<boolean> | undefined;
  const want = (): Promise<boolean> => {
    wanted ??= load().then(
      (view) => {
        drawn.value = view;
        return true;
      },
      () => {
        wanted = undefined;
        hasFailed.value = true;
        return false;
      },
    );
    return wanted;
  };
  const again = async (): Promise<void> => {
    hasFailed.value = false;
    if (await want()) return;
    // Chromium remembers that a module failed for as long as the page is there.
    if (await answers()) location.reload();
    else announcement.value = 'the sandbox does not answer yet';
  };
  function Late(props: Props) {
    const View = drawn.value;
    if (View) return <View {...props} />;
    if (hasFailed.value) return <Failed again={again} />;
    void want();
    return <Waiting />;
  }
  return Object.assign(Late, { want });
}

/** The title of the view takes the focus, this one does not: most views come before anybody reads it. */
const Waiting = () =>
  useLate() ? (
    <>
      <h1>Waiting for this view</h1>
      <Empty>The sandbox has not sent its code yet.</Empty>
    </>
  ) : null;

const sentence =
  'The sandbox did not send the code of this view: it is away, or it was started with another version of this page. ' +
  'Start it with npx crosswind console, and then try again: where that is not enough, the page is loaded anew.';

function Failed({ again }: { readonly again: () => Promise<void> }) {
  const lost = imports.value.size > 0 ? ' Histories that were imported have to be imported again then.' : '';
  return (
    <>
      <Title>This view is not here</Title>
      <AskedNote asked={{ kind: 'failed', sentence: sentence + lost, again: () => void again() }} what="this view" />
    </>
  );
}

/** True if the server has the page itself: without it, a page that is loaded anew would be lost. */
const answers = (): Promise<boolean> =>
  fetch(location.pathname, { method: 'HEAD', cache: 'no-store', credentials: 'omit' }).then(
    ({ ok }) => ok,
    () => false,
  );
