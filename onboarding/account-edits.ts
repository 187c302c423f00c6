import { Document, Scalar } from 'yaml';
import type { AccountState, Platform } from '../config/schema.ts';
import { placementsRemoved } from './placement-edits.ts';
import { type Edited, edited, itemAdded, itemsRemoved } from './text-edits.ts';

export interface NewAccount {
  readonly name: string;
  /** @default - the name, and not written */
  readonly awsName?: string;
  readonly id: string;
  readonly email: string;
  readonly organizationalUnit: string;
  /** @default - active, and not written */
  readonly state?: AccountState;
  /** @default - the platform's region, and not written */
  readonly region?: string;
  /**
   * Functions that may run at a time in it.
   *
   * @default - as in a new account, and not written
   */
  readonly lambdaConcurrency?: number;
}

/** The text of a valid platform with one account more, at the end of the list. */
export function withAccount(text: string, account: NewAccount): Edited {
  return edited(text, (body, document) => itemAdded(body, document, 'accounts', linesOf(account)));
}

/**
 * The text of a valid platform without the account and its placements. A tenant that then runs nowhere goes as well,
 * and so does a wave that only these placements used.
 */
export function withoutAccount(text: string, platform: Platform, name: string): Edited {
  const index = platform.accounts.findIndex((candidate) => candidate.name === name);
  return edited(text, (body, document) => [
    ...itemsRemoved(body, document, 'accounts', [index]),
    ...placementsRemoved(body, document, platform, (_, { stages }) => stages.some(({ account }) => account === name)),
  ]);
}

/** The account as lines of YAML, its id in quotes. */
function linesOf({ lambdaConcurrency, ...account }: NewAccount): readonly string[] {
  const { name, awsName, id, email, organizationalUnit, state, region } = account;
  const quoted = new Scalar(id);
  quoted.type = Scalar.QUOTE_SINGLE;
  const entry = {
    name,
    ...(awsName !== undefined && { awsName }),
    id: quoted,
    email,
    organizationalUnit,
    ...(state && { state }),
    ...(region !== undefined && { region }),
    ...(lambdaConcurrency !== undefined && { quotas: { lambdaConcurrency } }),
  };
  return new Document(entry).toString({ lineWidth: 0, singleQuote: true }).trimEnd().split('\n');
}
