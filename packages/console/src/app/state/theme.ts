import { signal } from '@preact/signals';

/** Number that changes with the scheme and with forced colors, for what is drawn on a canvas. */
export const theme = signal(0);

for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)']) {
  matchMedia(query).addEventListener('change', () => {
    theme.value += 1;
  });
}

/** True while the browser draws with the colors of a person's own. */
export const hasForcedColors = (): boolean => matchMedia('(forced-colors: active)').matches;
