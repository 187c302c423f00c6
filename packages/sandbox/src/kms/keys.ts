import type { JsonObject } from '@crosswind/aws/json';
import { partitionOf } from '@crosswind/aws/partition';

/** State of a key (AWS KMS Developer Guide: "Key states of AWS KMS keys"). */
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

/** A key as far as the sandbox uses it. */
export interface Key {
  readonly state: KeyState;
  /** Its properties besides the policy, in the form of a template. */
  readonly details: JsonObject;
}

/** An error of KMS for a use of a key. */
export interface KeyFailure {
  readonly code: 'DisabledException' | 'KMSInvalidStateException' | 'NotFoundException';
  readonly message: string;
}

/** Where a name of a key counts. */
export interface KeyPlace {
  readonly account: string;
  readonly region: string;
}

/** Keys and aliases of every account, by their ARN. */
export class Keys {
  readonly #keys = new Map<string, Key>();
  readonly #aliases = new Map<string, string>();

  key(arn: string): Key | undefined {
    return this.#keys.get(arn);
  }

  set(arn: string, key: Key): void {
    this.#keys.set(arn, key);
  }

  /** The ARN of the key that an alias stands for. */
  targetOf(aliasArn: string): string | undefined {
    return this.#aliases.get(aliasArn);
  }

  /** Names of the aliases that stand for a key, such as `alias/name`. */
  aliasesOf(keyArn: string): readonly string[] {
    return [...this.#aliases].flatMap(([alias, key]) => (key === keyArn ? [alias.split(':').at(-1) ?? ''] : []));
  }

  setAlias(aliasArn: string, keyArn: string): void {
    this.#aliases.set(aliasArn, keyArn);
  }

  removeAlias(aliasArn: string): void {
    this.#aliases.delete(aliasArn);
  }

  /** The ARN of the key behind a key ARN or an alias ARN; an alias that is not there stands for itself. */
  resolved(arn: string): string {
    return this.#aliases.get(arn) ?? arn;
  }

  /** Why a key cannot be used now. A key that the sandbox does not know can. */
  failureOf(arn: string): KeyFailure | undefined {
    if (/:alias\/(?!aws\/)/.test(arn)) return { code: 'NotFoundException', message: `Alias ${arn} is not found.` };
    const state = this.#keys.get(arn)?.state;
    if (state === 'Disabled') return { code: 'DisabledException', message: `${arn} is disabled.` };
    if (state === 'PendingDeletion')
      return { code: 'KMSInvalidStateException', message: `${arn} is pending deletion.` };
    return undefined;
  }
}

/** The ARN that a request means by an id, a name of an alias, or an ARN (AWS KMS API: "DescribeKey", KeyId). */
export function keyArnOf(keyId: string, { account, region }: KeyPlace): string {
  if (keyId.startsWith('arn:')) return keyId;
  const name = keyId.startsWith('alias/') ? keyId : `key/${keyId}`;
  return `arn:${partitionOf(region)}:kms:${region}:${account}:${name}`;
}
