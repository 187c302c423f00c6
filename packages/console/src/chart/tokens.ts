/** Colors of one scheme. A color is a state and nothing else; what is used besides is ink. */
export interface Tokens {
  readonly ground: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly edge: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly run: string;
  readonly runTint: string;
  readonly done: string;
  readonly doneTint: string;
  readonly bad: string;
  readonly badTint: string;
  readonly held: string;
  readonly heldTint: string;
  readonly stuck: string;
  readonly stuckTint: string;
  readonly rest: string;
  readonly restTint: string;
}

export const light: Tokens = {
  ground: '#f4f6f8',
  surface: '#ffffff',
  sunken: '#e9edf1',
  line: '#d3dae1',
  edge: '#8794a1',
  ink: '#15202b',
  ink2: '#46545f',
  ink3: '#5d6b77',
  run: '#1a62c4',
  runTint: '#e6f0fd',
  done: '#006b52',
  doneTint: '#dff4ec',
  bad: '#a81028',
  badTint: '#fce8ea',
  held: '#8c6400',
  heldTint: '#fbf0d9',
  stuck: '#7a1fa2',
  stuckTint: '#f7e9fc',
  rest: '#5d6b77',
  restTint: '#e9edf1',
};

export const dark: Tokens = {
  ground: '#0f151b',
  surface: '#161e26',
  sunken: '#0b1015',
  line: '#2b3742',
  edge: '#6b7a88',
  ink: '#e8eef3',
  ink2: '#b3c0cb',
  ink3: '#8f9eab',
  run: '#6aabff',
  runTint: '#14283f',
  done: '#4fd6b0',
  doneTint: '#0f2d26',
  bad: '#ff6f61',
  badTint: '#3a1a16',
  held: '#e0ac4a',
  heldTint: '#33270f',
  stuck: '#efb4ff',
  stuckTint: '#311a3b',
  rest: '#8f9eab',
  restTint: '#212b35',
};

/** Hues that mean a state: each has to differ from the others. */
export const hues = ['run', 'done', 'bad', 'held', 'stuck', 'rest'] as const;

export type Hue = (typeof hues)[number];

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const declarations = (tokens: Tokens): string =>
  Object.entries(tokens)
    .map(([name, value]) => `--${kebab(name)}:${String(value)}`)
    .join(';');

/** Custom properties of both schemes, as a style sheet. */
export const tokensCss = (): string =>
  `:root{color-scheme:light dark;${declarations(light)}}@media (prefers-color-scheme:dark){:root{${declarations(dark)}}}`;
