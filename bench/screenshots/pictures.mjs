/** Runs whose pages are photographed, by name: arguments of `crosswind start`. */
export const scenes = {
  stuck: ['--break', 'describe-execution'],
  well: ['--objects', '20000'],
};

/**
 * Pictures of the console: name, the run that it shows, and how one gets there from the front page of its file.
 * A path may contain `{run}`, the address of the run that is first in the list of runs: the one that needs a person first.
 */
export const pictures = [
  { name: 'now', scene: 'stuck', path: '/' },
  { name: 'organization', scene: 'stuck', path: '/organization' },
  { name: 'runs', scene: 'stuck', path: '/runs' },
  { name: 'run', scene: 'stuck', path: '{run}/waterfall' },
  { name: 'graph', scene: 'stuck', path: '{run}/graph?state=Start%20child' },
  { name: 'history', scene: 'stuck', path: '{run}/history' },
  { name: 'batches', scene: 'well', path: '{run}/batches' },
  { name: 'data', scene: 'well', path: '{run}/data' },
  { name: 'dashboards', scene: 'well', path: '/dashboards/crosswind-wind-speed' },
  { name: 'alarms', scene: 'stuck', path: '/alarms' },
  { name: 'permissions', scene: 'stuck', path: '/permissions' },
  { name: 'result', scene: 'well', path: '/result/wind-speed' },
  { name: 'game-days', scene: 'stuck', path: '/gamedays' },
  { name: 'import', scene: 'stuck', path: '/import' },
];

/** Color schemes of each picture. */
export const schemes = ['light', 'dark'];
