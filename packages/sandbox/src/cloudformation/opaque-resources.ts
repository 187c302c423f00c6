import { servicePrefix } from '@crosswind/aws/arn';
import type { Environment } from '@crosswind/assembly/read-assembly';
import type { Resource, Stack } from '@crosswind/assembly/resolve';
import { DeploymentRefused } from './refusal.ts';

/**
 * A resource that AWS can create and the sandbox cannot, in whole or in part. Of an opaque one only name and ARN are
 * known; one that is opaque in part exists in the sandbox, and `why` names the part.
 */
export interface OpaqueResource {
  readonly type: string;
  /** Construct path in its stack, for example `Greetings`. */
  readonly path: string;
  readonly name: string;
  /** Absent for types that have none. */
  readonly arn?: string;
  readonly account: string;
  readonly region: string;
  /** Reason, as a clause; empty if the sandbox does not know the type. */
  readonly why: string;
}

/** The opaque resources of every account. In strict mode there are none, because their deployment is refused. */
export class OpaqueResources {
  readonly #isStrict: boolean;
  readonly #all: OpaqueResource[] = [];
  readonly #undecided = new Set<string>();
  /** Where each resource is in the list, and why it is there. */
  readonly #known = new Map<string, { readonly place: number; readonly whys: Set<string> }>();
  /** Calls that AWS may have answered otherwise: of something that is not simulated, or with an undecidable permission. */
  reached = 0;

  constructor(isStrict: boolean) {
    this.#isStrict = isStrict;
  }

  /** In the order in which they were deployed. */
  get all(): readonly OpaqueResource[] {
    return this.#all;
  }

  /**
   * Adds a resource that the sandbox cannot simulate, in whole or in part; once, with every reason.
   * @param why a clause, for example `the sandbox runs Node.js only, not the runtime python3.13`
   * @throws DeploymentRefused in strict mode
   */
  add({ type, path, name, arn }: Resource, { account, region, path: stackPath }: Stack, why = ''): void {
    if (this.#isStrict) {
      throw new DeploymentRefused('NotSupported', why || `the sandbox does not know the type ${type}`);
    }
    const key = [account, region, stackPath, type, path].join();
    const { place, whys } = this.#known.get(key) ?? { place: this.#all.length, whys: new Set() };
    if (why !== '') whys.add(why);
    this.#known.set(key, { place, whys });
    this.#all[place] = { type, path: pathIn(stackPath, path), name, arn, account, region, why: [...whys].join('; ') };
  }

  /**
   * Notes that nobody knows which permissions the deployment of a type needs: the resource is created without a decision.
   * @returns true for the first resource of the type
   * @throws DeploymentRefused in strict mode
   */
  undecided(type: string): boolean {
    if (this.#isStrict) {
      throw new DeploymentRefused(
        'NotSupported',
        `the sandbox does not know which permissions a deployment of ${type} needs`,
      );
    }
    const isFirst = !this.#undecided.has(type);
    this.#undecided.add(type);
    return isFirst;
  }

  /** The opaque resource with this ARN. */
  at(arn: string): OpaqueResource | undefined {
    return this.#all.find((resource) => resource.arn === arn);
  }

  /**
   * The opaque resource of a service that a request names: by its ARN or one below it, such as a table's index, else by its
   * name in an account and region. Of several names the first counts.
   */
  named(service: string, texts: readonly string[], { account, region }: Environment): OpaqueResource | undefined {
    const prefix = servicePrefix(service);
    const ofService = this.#all.filter(
      ({ type, arn }) => servicePrefix(type.split('::')[1] ?? '') === prefix || arn?.split(':')[2] === prefix,
    );
    const here = new Map(
      ofService.filter((each) => each.account === account && each.region === region).map((each) => [each.name, each]),
    );
    return (
      ofService.find(
        ({ arn }) => arn !== undefined && texts.some((text) => text === arn || text.startsWith(`${arn}/`)),
      ) ?? texts.map((text) => here.get(text)).find((each) => each !== undefined)
    );
  }
}

/** One line for people: `AWS can, the sandbox cannot: AWS::DynamoDB::Table Greetings in 111111111111`. */
export const opaqueLine = ({ type, path, account, why }: OpaqueResource): string =>
  `AWS can, the sandbox cannot: ${type} ${path} in ${account}${why === '' ? '' : `: ${why}`}`;

/**
 * Construct path without its stack and without a final `Resource` or `Default`. In a template without metadata the path
 * is a logical id; then the part before its hash.
 */
const pathIn = (stack: string, path: string): string =>
  path
    .replace(`${stack}/`, '')
    .replace(/\/(Resource|Default)$/, '')
    .replace(/^(\w+?)[0-9A-F]{8}$/, '$1');
