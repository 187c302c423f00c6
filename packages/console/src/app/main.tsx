import { effect } from '@preact/signals';
import { render } from 'preact';
import { Page } from './frame/page.tsx';
import { finding } from '../chart/finding.ts';
import { listenToKeys } from './state/keys.ts';
import { embeddedSnapshot } from './state/load.ts';
import { followAddress, loadError, shown, snapshot } from './state/store.ts';
import './style/base.css';
import './style/frame.css';
import './style/views.css';

followAddress();
listenToKeys();
effect(() => {
  const models = shown.value;
  // The word stays with each link to the page.
  if (models) document.title = `${models.simulated ? 'Simulated: ' : ''}${finding(models)}, Crosswind`;
});
embeddedSnapshot().then(
  (loaded) => {
    snapshot.value = loaded;
  },
  (error: unknown) => {
    loadError.value = error instanceof Error ? error.message : String(error);
  },
);
const root = document.getElementById('page');
if (root) {
  root.replaceChildren();
  render(<Page />, root);
}
