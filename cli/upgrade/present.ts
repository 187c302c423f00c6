import { columns } from '../columns.ts';
import type { Terminal } from '../terminal.ts';
import type { Duty } from './changelog.ts';
import type { Conflict } from './conflicts.ts';
import { type NextStep, nextSteps } from './next-steps.ts';
import type { PlannedUpgrade } from './plan-upgrade.ts';
import type { TemplateVersion } from './template-refs.ts';
import type { Change } from './tree.ts';

type Colors = Terminal['colors'];

/** Result of an upgrade in the clone. */
export interface Outcome {
  /** True if the branch was created. */
  readonly written: boolean;
}

/** `0.3.0 (6f45e68c1b2a, newest version tag)` */
export const versionText = ({ manifest: { version }, commit, how }: TemplateVersion): string =>
  `${version} (${commit.slice(0, 12)}, ${how})`;

/** An upgrade without conflicts, for people. */
export function upgradeLines(upgrade: PlannedUpgrade, { written }: Outcome, colors: Colors): readonly string[] {
  const { base, target, branch, changes, duties } = upgrade;
  return [
    `${written ? 'upgraded' : 'would upgrade'} from ${versionText(base)} to ${versionText(target)}`,
    `${countsText(changes)} on the branch ${colors.bold(branch)}`,
    ...skippedLines(upgrade),
    ...dutyLines(duties, colors),
    '',
    colors.bold('Next, on that branch'),
    ...stepLines(nextSteps(upgrade)),
    '',
    `To undo: git switch - && git branch -D ${branch}`,
  ];
}

/** The conflicts of an upgrade with what to do, for people. */
export function conflictLines(
  upgrade: PlannedUpgrade,
  from: string,
  { written }: Outcome,
  colors: Colors,
): readonly string[] {
  const { base, target, branch, conflicts, duties } = upgrade;
  return [
    `${files(conflicts.length, 'conflict')} between your changes and the template's, from ${versionText(base)} to ${versionText(target)}:`,
    ...conflicts.map(conflictText),
    ...skippedLines(upgrade),
    ...(written
      ? [
          `the branch ${branch} has the conflicts in the work tree: resolve them, then git add --all and git cherry-pick --continue`,
          `to undo: git cherry-pick --abort; git switch - && git branch -D ${branch}`,
        ]
      : [
          'nothing was changed; with --with-conflicts the branch is created for you to resolve them:',
          `  npx crosswind upgrade --from ${from} --to ${target.commit} --with-conflicts`,
        ]),
    ...dutyLines(duties, colors),
    '',
    colors.bold('Next, on that branch, when the conflicts are resolved'),
    ...stepLines(nextSteps(upgrade)),
  ];
}

/** An upgrade as data. */
export const upgradeData = (upgrade: PlannedUpgrade, { written }: Outcome): object => ({
  written,
  upToDate: false,
  from: versionData(upgrade.base),
  to: versionData(upgrade.target),
  branch: upgrade.branch,
  changes: upgrade.changes,
  skipped: upgrade.skipped,
  conflicts: upgrade.conflicts,
  mustDo: upgrade.duties,
  next: nextSteps(upgrade).map(({ command }) => command),
});

export const versionData = ({ manifest: { version }, commit, how }: TemplateVersion): object => ({
  version,
  commit,
  how,
});

const conflictText = ({ path, problem, fix }: Conflict): string => `  ${path}: ${problem}; ${fix}`;

function countsText(changes: readonly Change[]): string {
  const kinds = ['changed', 'added', 'moved', 'removed'] as const;
  const counts = kinds.map((kind) => ({ kind, count: changes.filter(({ change }) => change === kind).length }));
  const shown = counts.filter(({ count }) => count > 0).map(({ kind, count }) => `${count} ${kind}`);
  return `files: ${shown.join(', ')}`;
}

const skippedLines = ({ skipped }: PlannedUpgrade): readonly string[] =>
  skipped.map(({ path, files: count, reason }) => `skipped ${path} (${files(count, 'file')}): ${reason}`);

const dutyLines = (duties: readonly Duty[], colors: Colors): readonly string[] =>
  duties.length === 0
    ? []
    : ['', colors.bold('You must do'), ...duties.map(({ version, text }) => `- ${text} (${version})`)];

const stepLines = (steps: readonly NextStep[]): readonly string[] =>
  columns(
    steps.map(({ command, purpose }) => [`  ${command}`, purpose]),
    ['left', 'left'],
  );

const files = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
