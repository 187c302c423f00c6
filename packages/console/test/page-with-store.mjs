import '../src/app/main-file.tsx';
import { snapshot } from '../src/app/state/store.ts';
import { withPatches } from '../src/models/patches/apply.ts';

/** The page, with what it knows in reach of the bench: it changes by the patches of a served page. */
Object.assign(globalThis, {
  benchSnapshot: snapshot,
  benchPatch: (patches) => {
    snapshot.value = withPatches(snapshot.value, patches);
  },
});
