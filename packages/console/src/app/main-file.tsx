import { allViews } from './all-views.ts';
import { startPage } from './frame/start-page.tsx';
import { embeddedSnapshot } from './state/load.ts';
import { snapshot } from './state/store.ts';

/** Entry of a file that opens from disk: everything is in it. */
startPage(allViews, async () => {
  snapshot.value = await embeddedSnapshot();
});
