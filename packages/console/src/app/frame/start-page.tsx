import { effect } from '@preact/signals';
import { render } from 'preact';
import { finding } from '../../chart/finding.ts';
import { listenToPalette } from '../palette/palette.tsx';
import { errorText } from '../state/error-text.ts';
import { listenToKeys } from '../state/keys.ts';
import { followAddress, loadError, shown } from '../state/store.ts';
import type { DrawnViews } from '../view-props.ts';
import { viewEntries } from '../views.ts';
import { Page } from './page.tsx';
import '../style/base.css';
import '../style/frame.css';
import '../style/views.css';

/**
 * Starts the page: its address, its keys, and what it shows.
 * @param load puts the models into the store
 */
export function startPage(views: DrawnViews, load: () => Promise<void>): void {
  followAddress();
  listenToPalette();
  listenToKeys(new Map(viewEntries.map(({ key, name }) => [key, { name }])));
  effect(() => {
    const models = shown.value;
    // The word stays with each link to the page.
    if (models) document.title = `${models.simulated ? 'Simulated: ' : ''}${finding(models)}, Crosswind`;
  });
  load().catch((error: unknown) => {
    loadError.value = errorText(error);
  });
  const root = document.getElementById('page');
  if (!root) return;
  root.replaceChildren();
  render(<Page views={views} />, root);
}
