import { type AlarmState, alarmStates } from './alarm-state.ts';

/** Rule of a composite alarm over the states of other alarms (API_PutCompositeAlarm). */
export type CompositeRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** An alarm of the same account and region, by its name or ARN. */
  | { readonly kind: 'state'; readonly alarm: string; readonly state: AlarmState }
  | { readonly kind: 'not'; readonly of: CompositeRule }
  | { readonly kind: 'and' | 'or'; readonly left: CompositeRule; readonly right: CompositeRule };

/** A rule that CloudWatch would not take, or that the sandbox cannot evaluate. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

const token = /\s*(\(|\)|AND\b|OR\b|NOT\b|TRUE\b|FALSE\b|[A-Z_]+\s*\(\s*(?:"[^"]+"|[^\s()"]+)\s*\))/y;
const state = /^([A-Z_]+)\s*\(\s*"?(.+?)"?\s*\)$/s;

/** The rule that a text is; throws a `RuleError` for any other text. OR binds looser than AND, as everywhere. */
export function parseRule(text: string): CompositeRule {
  const tokens = tokensOf(text);
  const take = (what: string): boolean => tokens[0] === what && tokens.shift() !== undefined;
  const or = (): CompositeRule => {
    let left = and();
    while (take('OR')) left = { kind: 'or', left, right: and() };
    return left;
  };
  const and = (): CompositeRule => {
    let left = not();
    while (take('AND')) left = { kind: 'and', left, right: not() };
    return left;
  };
  const not = (): CompositeRule => (take('NOT') ? { kind: 'not', of: not() } : operand());
  const operand = (): CompositeRule => {
    if (take('TRUE')) return { kind: 'constant', value: true };
    if (take('FALSE')) return { kind: 'constant', value: false };
    if (take('(')) {
      const inner = or();
      if (!take(')')) throw new RuleError(`a parenthesis is not closed in "${text}"`);
      return inner;
    }
    const [, name = '', alarm = ''] = state.exec(tokens.shift() ?? '') ?? [];
    const known = alarmStates.find((candidate) => candidate === name);
    if (known === undefined)
      throw new RuleError(`expected ${alarmStates.join(', ')} of an alarm, TRUE or FALSE in "${text}"`);
    return { kind: 'state', alarm, state: known };
  };
  const rule = or();
  if (tokens[0] !== undefined) throw new RuleError(`unexpected "${tokens[0]}" in "${text}"`);
  return rule;
}

/** True if the rule holds when the alarms are in these states. */
export function holds(rule: CompositeRule, stateOf: (alarm: string) => AlarmState | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !holds(rule.of, stateOf);
    case 'and':
      return holds(rule.left, stateOf) && holds(rule.right, stateOf);
    case 'or':
      return holds(rule.left, stateOf) || holds(rule.right, stateOf);
  }
}

/** The alarms that a rule names. */
export function alarmsIn(rule: CompositeRule): readonly string[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'state':
      return [rule.alarm];
    case 'not':
      return alarmsIn(rule.of);
    case 'and':
    case 'or':
      return [...alarmsIn(rule.left), ...alarmsIn(rule.right)];
  }
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (text.slice(token.lastIndex).trim() !== '') {
    const from = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new RuleError(`unexpected "${text.slice(from).trim()}" in "${text}"`);
    tokens.push(found);
  }
  return tokens;
}
