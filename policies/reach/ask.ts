import type { Decision } from '@crosswind/iam/decision';
import type { Principal } from '@crosswind/iam/principal';
import type { AccessRequest } from '@crosswind/iam/request';
import { keysToAsk } from './asked-keys.ts';
import { namedPrincipal } from './callers.ts';
import { anyName } from './decide-call.ts';
import { type Asked, type DecidingSide, decideRequest, requestTo } from './decide-request.ts';
import type { AskedRequest, PrincipalKind } from './new-access-types.ts';
import { administratorOf, roleAt } from './representatives.ts';
import { guardsOf, limitsOf, strangerTo } from './sides.ts';

/** A question that was decided. */
export interface DecidedQuestion {
  /** Condition keys besides those that AWS sends anyway. */
  readonly context: AskedRequest['context'];
  /** Keys that are not sent although AWS mostly sends them. */
  readonly without: readonly string[];
  readonly decision: 'allowed' | 'denied' | 'undecidable';
  /** One sentence. */
  readonly reason: string;
}

/** Answer for one principal: no claim about a request that is not among its questions. */
export interface Answer {
  readonly kind: PrincipalKind;
  /** As in `AccessChange`. */
  readonly principal: string;
  readonly answer: 'no' | 'yes with this request' | 'undecidable';
  /** The question that the answer is from: the first that is allowed, else one that is undecidable, else the first. */
  readonly from: DecidedQuestion;
  /** Every question, in the order in which they were asked. */
  readonly questions: readonly DecidedQuestion[];
}

/** `npx crosswind reach --ask --json`. */
export interface Answers {
  readonly action: string;
  /** The resource as it was asked for: `*` in an ARN stands for a name that only patterns mean. */
  readonly resource: string;
  /** False if no stack makes the resource, so that a policy which its owner gave it is not known. */
  readonly isMade: boolean;
  readonly answers: readonly Answer[];
}

/** The principals that a name stands for; none if it is no principal. */
export function principalsNamed(name: string, side: DecidingSide): readonly Principal[] {
  if (name === '*') return everyone(side);
  if (/^\d{12}$/.test(name)) return [administratorOf(name, side.region)];
  if (/^arn:[^:]+:iam::\d{12}:root$/.test(name)) return [administratorOf(name.split(':')[4] ?? '', side.region)];
  if (/^arn:[^:]+:iam::\d{12}:role\/./.test(name)) return [roleAt(name)];
  return /^[\w.-]+\.amazonaws\.com(\.cn)?$/.test(name) ? [{ kind: 'service', service: name }] : [];
}

/** Every role of the stacks, and an account that nobody knows. */
export const principalsOf = (side: DecidingSide): readonly Principal[] => [
  ...[...side.policies.roles.keys()].map(roleAt),
  ...everyone(side),
];

const everyone = (side: DecidingSide): readonly Principal[] => [
  { kind: 'anonymous' },
  administratorOf(strangerTo(side), side.region),
];

/** Decides who can do something, and with which request. */
export function answersTo(
  { action, resource: named }: Pick<AskedRequest, 'action' | 'resource'>,
  principals: readonly Principal[],
  side: DecidingSide,
): Answers {
  const resource = named === '*' ? '*' : named.replaceAll('*', anyName);
  const isMade = resource === '*' || side.policies.makes(resource);
  const guards = guardsOf(resource, side);
  const stranger = strangerTo(side);
  const answers = principals.map((principal) => {
    const limits = 'account' in principal ? limitsOf(roleArnOf(principal), principal.account, side) : [];
    const asked: Asked = { principal, action, resource, keys: {} };
    const sent = Object.keys(requestTo(asked, side).context);
    const questions = keysToAsk(asked, side, undefined, [...limits, ...guards]).map((keys) => {
      const request = requestTo({ ...asked, keys }, side);
      const decision = isElsewhere(request, side) ? elsewhere : decideRequest(request, side);
      return questionOf(keys, sent, asFarAsKnown(decision, unknownsOf(request, isMade, side)));
    });
    return answerFrom(principal, questions, stranger);
  });
  return { action, resource: named, isMade, answers: merged(answers) };
}

/** True for a request without a resource in an account that is none of the platform. */
const isElsewhere = ({ resource, resourceAccount }: AccessRequest, { accounts }: DecidingSide): boolean =>
  resource === '*' && resourceAccount !== '' && !accounts.has(resourceAccount);

const elsewhere: Decision = {
  allowed: false,
  kind: 'implicit deny',
  reason: 'a call without a resource acts in the account of its caller, which is no account of the platform',
  ...{ missing: [], nearMisses: [], mends: [] },
};

const roleArnOf = (principal: Principal): string => (principal.kind === 'role' ? principal.roleArn : '');

/** Policies that no stack has, although a decision may depend on them. */
function unknownsOf(
  { principal, resourceAccount }: AccessRequest,
  isMade: boolean,
  { policies }: DecidingSide,
): readonly string[] {
  const caller = 'account' in principal ? principal.account : '';
  const arn = roleArnOf(principal);
  const isUnknown = arn !== '' && !arn.endsWith(`role/${anyName}`) && !policies.roles.has(arn);
  return [
    ...(isUnknown ? ['no stack makes the role, and its own policies are not known'] : []),
    ...(isMade || caller === resourceAccount
      ? []
      : ['no stack makes the resource, and what its owner allows is not known']),
  ];
}

function asFarAsKnown(decision: Decision, unknowns: readonly string[]): Decision {
  if (!decision.allowed || unknowns.length === 0) return decision;
  return { allowed: false, kind: 'undecidable', reason: [decision.reason, ...unknowns].join('; '), unknowns };
}

/** @param usual keys that are sent if nothing else is asked for */
function questionOf(keys: Asked['keys'], usual: readonly string[], decision: Decision): DecidedQuestion {
  const sent = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  return {
    context: Object.fromEntries(sent) as AskedRequest['context'],
    without: usual.filter((key) => key in keys && keys[key] === undefined),
    decision: decision.allowed ? 'allowed' : decision.kind === 'undecidable' ? 'undecidable' : 'denied',
    reason: decision.reason,
  };
}

function answerFrom(principal: Principal, questions: readonly DecidedQuestion[], stranger: string): Answer {
  const found = (decision: DecidedQuestion['decision']): DecidedQuestion | undefined =>
    questions.find((question) => question.decision === decision);
  const [yes, open, first] = [found('allowed'), found('undecidable'), questions[0]];
  const from = yes ?? open ?? first;
  if (!from) throw new Error('expected at least one question');
  const { kind, principal: name } = namedPrincipal(principal, stranger);
  return {
    kind,
    principal: name,
    answer: yes ? 'yes with this request' : open ? 'undecidable' : 'no',
    from,
    questions,
  };
}

const weight = { 'yes with this request': 0, undecidable: 1, no: 2 };

/** Answers with the caller who is known to nobody as one: the public is both an unknown account and no account. */
function merged(answers: readonly Answer[]): readonly Answer[] {
  const all = new Map<string, Answer>();
  for (const answer of answers) {
    const other = all.get(answer.principal);
    if (!other) all.set(answer.principal, answer);
    else {
      const [better] = [other, answer].sort((a, b) => weight[a.answer] - weight[b.answer]);
      all.set(answer.principal, { ...other, ...better, questions: [...other.questions, ...answer.questions] });
    }
  }
  return [...all.values()];
}
