import { Glyph } from '../parts/glyph.tsx';

const states = ['succeeded', 'running', 'failed', 'stuck', 'waiting'] as const;

const words: Readonly<Record<(typeof states)[number], string>> = {
  succeeded: 'last run well',
  running: 'running',
  failed: 'failed',
  stuck: 'stuck',
  waiting: 'never ran',
};

/** Signs and lines of the drawing in words. */
export const Legend = () => (
  <p class="organization-legend">
    {states.map((state) => (
      <span key={state}>
        <Glyph state={state} /> {words[state]}
      </span>
    ))}
    <span>
      <Glyph state="denied" /> dashed: calls between two accounts are denied
    </span>
    <span>Lines to tooling and monitoring: of the account under pointer or focus</span>
  </p>
);
