import { effect } from '@preact/signals';
import { render } from 'preact';
import { announceAlarms } from './alarms/announce-alarms.ts';
import { Page } from './frame/page.tsx';
import { finding } from '../chart/finding.ts';
import { announceChanges } from './live/announce.ts';
import { followServer } from './live/follow.ts';
import { takeToken } from './live/token.ts';
import { listenToPalette } from './palette/palette.tsx';
import { listenToKeys } from './state/keys.ts';
import { embeddedSnapshot } from './state/load.ts';
import { followAddress, loadError, shown, snapshot } from './state/store.ts';
import { viewEntries } from './views.tsx';
import './style/base.css';
import './style/frame.css';
import './style/views.css';

const isFile = document.getElementById('data') !== null;
if (!isFile) {
  takeToken();
  // Before the address is read: the link may be opened in a tab that has the page already.
  addEventListener('hashchange', takeToken);
  announceChanges();
}
followAddress();
announceAlarms();
listenToPalette();
listenToKeys(new Map(viewEntries.map(({ key, name }) => [key, { name }])));
effect(() => {
  const models = shown.value;
  // The word stays with each link to the page.
  if (models) document.title = `${models.simulated ? 'Simulated: ' : ''}${finding(models)}, Crosswind`;
});
const loading = isFile
  ? embeddedSnapshot().then((loaded) => {
      snapshot.value = loaded;
    })
  : followServer();
loading.catch((error: unknown) => {
  loadError.value = error instanceof Error ? error.message : String(error);
});
const root = document.getElementById('page');
if (root) {
  root.replaceChildren();
  render(<Page />, root);
}
