import { startPage } from './frame/start-page.tsx';
import { announceAlarms } from './live/announce-alarms.ts';
import { announceChanges } from './live/announce.ts';
import { followServer } from './live/follow.ts';
import { lateViews, wantViews } from './live/late-views.ts';
import { takeToken } from './live/token.ts';
import { address } from './state/store.ts';

/** Entry of a page that a sandbox serves. */
takeToken();
// Before the address is read: the link may be opened in a tab that has the page already.
addEventListener('hashchange', takeToken);
announceChanges();
announceAlarms();
startPage(lateViews, followServer);
const { name } = address.value.view;
void wantViews(name === 'unknown' ? 'now' : name);
