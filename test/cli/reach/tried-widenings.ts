import { listOf, objectOf, textOf } from '@crosswind/aws/json';
import type { Decision } from '@crosswind/iam/decision';
import type { Principal } from '@crosswind/iam/principal';
import { actionsOfService, isAskedOn } from '@crosswind/iam/service-reference';
import { matchesWildcard } from '@crosswind/iam/wildcard';
import {
  type Asked,
  type DecidingSide,
  decideRequest,
  decidingSide,
  requestTo,
} from '../../../policies/reach/decide-request.ts';
import { foundAccess } from '../../../policies/reach/found-access.ts';
import type { ReachInputs } from '../../../policies/reach/reach-inputs.ts';
import { administratorOf, filled, roleAt } from '../../../policies/reach/representatives.ts';
import { type Place, statementsIn, withStatement } from './statements.ts';
import { type Widening, outside, textsOf, wideningsOf } from './widened-statements.ts';

/** A statement that lets more through, and what the comparison says of it. */
export interface TriedWidening {
  /** Construct path, place in its properties, and what was added or removed. */
  readonly name: string;
  /** Construct path, and place in its properties. */
  readonly statement: string;
  readonly how: Widening['how'];
  /**
   * `new access`: the comparison has it. The others make nothing possible, as every request that this test thinks of shows:
   * each was possible before; or a limit or denial forbids it; or its conditions, which are still there, let nobody in.
   * `survived`: something is possible that was not, and nobody says so.
   */
  readonly outcome: 'new access' | 'possible before' | 'forbidden' | 'for nobody' | 'survived';
}

/** Each statement of the stacks, let through more in each way. */
export function triedWidenings(before: ReachInputs): readonly TriedWidening[] {
  const { stacks, kinds } = before;
  const places = [...statementsIn(stacks, 'Allow'), ...statementsIn(stacks, 'Deny')];
  const all = places.flatMap((place) => wideningsOf(place, [...kinds.keys()]).map((widening) => ({ place, widening })));
  return all.map(({ place, widening }) => {
    const after = { ...before, stacks: withStatement(stacks, place, widening.statement) };
    const statement = `${place.resource.path} ${(place.path ?? []).join('.')}`;
    const { found } = foundAccess(before, after);
    return {
      statement,
      name: `${statement} ${widening.how}: ${widening.what}`,
      how: widening.how,
      outcome:
        found.length > 0
          ? 'new access'
          : outcomeOf(requestsFor(place, widening, before), decidingSide(before), decidingSide(after)),
    };
  });
}

function outcomeOf(requests: readonly Asked[], before: DecidingSide, after: DecidingSide): TriedWidening['outcome'] {
  const decided = requests.map((asked) => ({
    then: decideRequest(requestTo(asked, before), before),
    now: decideRequest(requestTo(asked, after), after),
  }));
  if (decided.some(({ then, now }) => now.allowed && !then.allowed)) return 'survived';
  if (decided.some(({ now }) => isForbidden(now))) return 'forbidden';
  return decided.some(({ then }) => then.allowed) ? 'possible before' : 'for nobody';
}

const isForbidden = (decision: Decision): boolean => {
  if (decision.allowed || decision.kind === 'undecidable') return false;
  return (
    decision.kind === 'explicit deny' || decision.missing.some((type) => ['boundary', 'scp', 'rcp'].includes(type))
  );
};

/** Every request that the statement could be about: each principal, action and resource that it names, with its keys. */
function requestsFor(place: Place, widening: Widening, inputs: ReachInputs): readonly Asked[] {
  const side = decidingSide(inputs);
  const statement = widening.statement ?? place.statement;
  const actions = textsOf(statement['Action']).flatMap((pattern) => {
    const [service = ''] = pattern.split(':');
    return actionsOfService(service).filter((action) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase()));
  });
  const resources = resourcesOf(place, statement, side);
  return principalsOf(place, statement, inputs).flatMap((principal) =>
    actions.flatMap((action) =>
      resources
        .filter((resource) => isAskedOn(action, resource))
        .flatMap((resource) =>
          keysOf(place)
            .filter((keys) => maySend(principal, keys))
            .map((keys): Asked => ({ principal, action, resource, keys })),
        ),
    ),
  );
}

/** False where a key that follows from the caller is another's: nobody sends the name of somebody else. */
function maySend(principal: Principal, keys: Asked['keys']): boolean {
  const arn = keys['aws:PrincipalArn'];
  return (
    keys['aws:PrincipalOrgID'] === undefined &&
    (typeof arn !== 'string' || ('account' in principal && arn.includes(`:${principal.account}:`)))
  );
}

function principalsOf(
  { stack, resource }: Place,
  statement: Place['statement'],
  { stacks, kinds }: ReachInputs,
): readonly Principal[] {
  const { Principal } = statement;
  if (Principal === undefined) {
    const names = listOf(resource.properties['Roles']).map(textOf);
    return stack.resources
      .filter(({ type, name }) => type === 'AWS::IAM::Role' && names.includes(name))
      .flatMap(({ arn }) => (arn === undefined ? [] : [roleAt(arn)]));
  }
  const region = stacks[0]?.region ?? '';
  const named =
    typeof Principal === 'string' ? [Principal] : Object.values(objectOf(Principal)).flatMap((names) => textsOf(names));
  return named.flatMap((name): readonly Principal[] => {
    if (name === '*')
      return [{ kind: 'anonymous' }, ...[outside, ...kinds.keys()].map((account) => administratorOf(account, region))];
    if (name.endsWith('.amazonaws.com')) return [{ kind: 'service', service: name }];
    if (name.includes(':role/')) return [roleAt(name)];
    return [administratorOf(/\d{12}/.exec(name)?.[0] ?? '', region)];
  });
}

function resourcesOf({ resource, stack }: Place, statement: Place['statement'], side: DecidingSide): readonly string[] {
  const { properties, arn = '' } = resource;
  const own = `arn:aws:s3:::${textOf(properties['Bucket'])}`;
  const named = textsOf(statement['Resource']);
  if (resource.type === 'AWS::Lambda::Permission') {
    const name = textOf(properties['FunctionName']);
    return [name.startsWith('arn:') ? name : `arn:aws:lambda:${stack.region}:${stack.account}:function:${name}`];
  }
  if (resource.type === 'AWS::IAM::Role' && named.length === 0) return [arn];
  if (resource.type === 'AWS::KMS::Key') return [arn];
  if (resource.type === 'AWS::S3::BucketPolicy') return [own, `${own}/any`];
  const all = named.includes('*') && statement['Principal'] === undefined ? ['*', ...side.policies.made] : named;
  return all
    .filter((each) => each === '*' || statement['Principal'] === undefined || each.startsWith('arn:'))
    .map((each) => (each === '*' ? each : filled(each)));
}

/** No keys, all that the statement asked for before, and all but one. */
function keysOf({ statement }: Place): readonly Asked['keys'][] {
  const conditions = Object.values((statement['Condition'] ?? {}) as Readonly<Record<string, Place['statement']>>);
  const met = conditions.flatMap((keys) =>
    Object.entries(keys).map(([key, values]) => [key, filled(textsOf(values)[0] ?? '')] as const),
  );
  const ofFunction = ['SourceArn', 'SourceAccount'].flatMap((key) =>
    statement[key] === undefined || statement['Effect'] !== undefined
      ? []
      : [[`aws:${key}`, textOf(statement[key])] as const],
  );
  const all = [...met, ...ofFunction];
  return [{}, Object.fromEntries(all), ...all.map(([left]) => Object.fromEntries(all.filter(([key]) => key !== left)))];
}
