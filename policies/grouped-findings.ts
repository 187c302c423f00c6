import { shapeWithout } from './shape-without.ts';
import { sourcePlace } from './source-place.ts';
import { type ValidationReport, type Violation, pathsOf, withPaths } from './validation-report.ts';

/** Names of a platform, which make the same finding differ from place to place. */
export interface Surroundings {
  /** Directory of the repository. */
  readonly root: string;
  /** Names and ids of accounts, stages, stacks, waves and regions. */
  readonly names: readonly string[];
  /** Account of a construct path. */
  readonly accountOf: (path: string) => string | undefined;
}

/** Paths and accounts that are printed; the report has all paths. */
const shownAtMost = 12;

/**
 * The report with findings that share plugin, rule, source line and shape as one, with its count and accounts. The shape of
 * a text is the text without names of the surroundings. The command line of the CDK prints a finding once for each of its
 * constructs, so the one construct that is left has no path. It then counts for every stack that is deployed alone.
 */
export function groupedFindings(report: ValidationReport, surroundings: Surroundings): ValidationReport {
  const shape = shapeWithout(surroundings.names);
  const pluginReports = report.pluginReports.map((plugin) => {
    const groups = new Map<string, Violation[]>();
    for (const violation of plugin.violations.flatMap(perConstruct)) {
      const key = keyOf(violation, shape, surroundings.root);
      const alike = groups.get(key);
      if (alike) alike.push(violation);
      else groups.set(key, [violation]);
    }
    return { ...plugin, violations: [...groups.values()].map((alike) => one(alike, surroundings)) };
  });
  return { ...report, pluginReports };
}

const perConstruct = (violation: Violation): readonly Violation[] =>
  violation.violatingConstructs.length < 2
    ? [violation]
    : violation.violatingConstructs.map((construct) => ({ ...violation, violatingConstructs: [construct] }));

function keyOf(violation: Violation, shape: (text: string) => string, root: string): string {
  const { ruleName, description, suggestedFix = '', severity, customSeverity, violatingConstructs } = violation;
  const traces = violatingConstructs.flatMap(({ stackTraces = [] }) => stackTraces);
  // Without a line, the place is the same construct of another stack.
  const place = sourcePlace(traces, root) ?? pathsOf(violation).map(shape);
  return JSON.stringify([severity, customSeverity, place, ...[ruleName, description, suggestedFix].map(shape)]);
}

function one(alike: readonly Violation[], { accountOf }: Surroundings): Violation {
  const [first] = alike;
  if (!first) throw new Error('expected at least one finding in a group');
  if (alike.length === 1) return first;
  const paths = alike.flatMap(pathsOf);
  const accounts = [...new Set(paths.flatMap((path) => accountOf(path) ?? []))];
  const inAccounts =
    accounts.length === 0 ? '' : `, in ${accounts.length === 1 ? 'account' : 'accounts'} ${listed(accounts)}`;
  const construct = { ...first.violatingConstructs[0], constructPath: '', constructFqn: listed(paths, '\n   ') };
  return withPaths(
    {
      ...first,
      description: `${first.description} (${paths.length} times${inAccounts})`,
      violatingConstructs: [withoutResource(construct)],
    },
    paths,
  );
}

/** The resource of the first place would be printed with the paths of all. */
const withoutResource = <Construct extends object>({
  cloudFormationResource: _,
  ...construct
}: Construct & { readonly cloudFormationResource?: unknown }) => construct;

function listed(texts: readonly string[], separator = ', '): string {
  const more = texts.length - shownAtMost;
  return [...texts.slice(0, shownAtMost), ...(more > 0 ? [`${more} more`] : [])].join(separator);
}
