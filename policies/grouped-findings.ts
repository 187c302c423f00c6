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

/**
 * Parts that CloudFormation generates: the suffix of a name, for example `-C24EA5A56E70`, in lower case for buckets, and the
 * id of a key. An account id has no letter.
 */
const generated =
  /-(?=\d*[A-Z])[0-9A-Z]{12}(?![A-Za-z0-9])|(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|-(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{12}(?![A-Za-z0-9])/g;

/** Shape of a text: the text without these names. Replaces whole names, longer ones first, because a name may contain another. */
export function shapeWithout(names: readonly string[]): (text: string) => string {
  const escaped = [...new Set(names)]
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[\\^$.*|?+()[\]{}/-]/g, '\\$&'));
  if (escaped.length === 0) return (text) => text;
  const name = new RegExp(`(?<![A-Za-z0-9])(?:${escaped.join('|')})(?![A-Za-z0-9])`, 'g');
  return (text) => text.replace(generated, '').replace(name, '\0');
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
