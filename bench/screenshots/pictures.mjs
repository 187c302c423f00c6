/**
 * Pictures of the console: name, and what follows `#` in the address. `{run}` is the address of the run that is first in the
 * list of runs, the one that needs a person first; `{well}` that of the last one, which succeeded. `keys` are pressed there;
 * `into` is scrolled to the top of the window.
 */
export const pictures = [
  { name: 'now', path: '/' },
  { name: 'organization', path: '/organization/444444444444' },
  { name: 'runs', path: '/runs' },
  { name: 'run', path: '{run}/waterfall' },
  { name: 'graph', path: '{run}/graph?state=Start%20child' },
  { name: 'history', path: '{run}/history?event=7' },
  { name: 'batches', path: '{well}/batches' },
  { name: 'data', path: '{well}/data' },
  { name: 'dashboards', path: '/dashboards/crosswind-wind-speed', into: '.widget:has(.values)' },
  { name: 'alarms', path: '/alarms', keys: ['j', 'Enter'] },
  { name: 'permissions', path: '/permissions', keys: ['j', 'Enter'] },
  { name: 'result', path: '/result/wind-speed' },
  { name: 'game-days', path: '/gamedays/stuck-parent' },
  { name: 'import', path: '/import' },
];

/** Color schemes of each picture. */
export const schemes = ['light', 'dark'];
