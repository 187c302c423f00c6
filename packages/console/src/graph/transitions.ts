import { isObject, type JsonObject, listOf, objectOf, textOf } from '@crosswind/aws/json';

/** A way out of a state. */
export interface Transition {
  readonly to: string;
  readonly label: string;
  readonly isCatch: boolean;
}

/** Ways out of a state in the order of its definition; none for one that ends its scope. */
export function transitionsOf(state: JsonObject): readonly Transition[] {
  const plain = (to: string, label = ''): Transition => ({ to, label, isCatch: false });
  const choices = listOf(state['Choices'])
    .filter(isObject)
    .map((rule) => plain(textOf(rule['Next']), conditionOf(rule)));
  const caught = listOf(state['Catch'])
    .filter(isObject)
    .map((rule) => ({ to: textOf(rule['Next']), label: errorsOf(rule), isCatch: true }));
  const all = [
    ...choices,
    ...(typeof state['Default'] === 'string' ? [plain(state['Default'], 'else')] : []),
    ...(typeof state['Next'] === 'string' ? [plain(state['Next'])] : []),
    ...caught,
  ];
  return all.filter(({ to }) => to !== '');
}

/** True for a state after which its scope has ended well. */
export const endsScope = (state: JsonObject): boolean => state['End'] === true || state['Type'] === 'Succeed';

/** Characters of a label at most: the definition has the rest. */
const longestLabel = 28;

const shortened = (text: string): string => (text.length > longestLabel ? `${text.slice(0, longestLabel - 1)}…` : text);

function errorsOf(rule: JsonObject): string {
  const errors = listOf(rule['ErrorEquals']).map(textOf);
  return errors.includes('States.ALL') ? 'any error' : shortened(errors.join(', '));
}

/** A condition in short: JSONata as it is written, of a JSONPath rule its variable and comparison. */
function conditionOf(rule: JsonObject): string {
  const condition = rule['Condition'];
  if (typeof condition === 'string') return shortened(condition.replace(/^\{%\s*|\s*%\}$/g, ''));
  const comparison = Object.keys(rule).find(
    (key) => !['Variable', 'Next', 'Comment', 'Assign', 'Output'].includes(key),
  );
  if (comparison === undefined) return '';
  const { Variable: variable } = rule;
  return shortened(
    variable === undefined ? comparison.toLowerCase() : `${textOf(variable)} ${comparison} ${textOf(rule[comparison])}`,
  );
}

/** Scopes inside of a Map or Parallel state, in their order. */
export function innerScopes(state: JsonObject): readonly JsonObject[] {
  const processor = state['ItemProcessor'] ?? state['Iterator'];
  const branches = listOf(state['Branches']).map(objectOf);
  return [...branches, ...(isObject(processor) ? [processor] : [])];
}

/** The states of a scope by name, in the order of the definition. */
export const statesOf = (scope: JsonObject): readonly (readonly [name: string, state: JsonObject])[] =>
  Object.entries(objectOf(scope['States'])).map(([name, state]) => [name, objectOf(state)]);
