import type { Snapshot } from '../../models/snapshot.ts';
import { snapshot } from '../state/store.ts';

/** Says that a claim of an earlier time is worded by somebody who knows the end. */
export function LaterNote({ models }: { readonly models: Snapshot }) {
  const end = snapshot.value?.at ?? models.at;
  return models.at < end ? (
    <p class="quiet">{`Worded with what is known ${IS_SERVED ? 'now' : 'at the end of the run'}.`}</p>
  ) : null;
}
