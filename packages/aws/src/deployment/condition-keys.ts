import { isObject, listOf, textOf } from '../json.ts';
import type { Change, Keys, KeysOf, Tags } from './call-row.ts';
import { tagsAfter, textAt, valuesAt } from './occasions.ts';

function tagKeys(tags: Tags): Keys {
  const names = Object.keys(tags);
  if (names.length === 0) return {};
  return {
    'aws:TagKeys': names,
    ...Object.fromEntries(names.map((name) => [`aws:RequestTag/${name}`, tags[name] ?? ''])),
  };
}

/** Tags that a creating call sets. */
export const newTags: KeysOf = (change) => tagKeys(tagsAfter(change));

/** Tags that the occasion sets or removes. */
export const theseTags: KeysOf = (_, value) =>
  isObject(value)
    ? tagKeys(Object.fromEntries(Object.entries(value).map(([key, tag]) => [key, textOf(tag)])))
    : { 'aws:TagKeys': listOf(value).map(textOf) };

/** Tags of a resource that exists. */
export const resourceTags = (tags: Tags): Keys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));

/** A condition key with the value of a property, if there is one. */
export const keyFrom =
  (key: string, path: string): KeysOf =>
  ({ properties }) => {
    const value = textAt(properties, path);
    return value === '' ? {} : { [key]: value };
  };

/** A condition key with all values at a path, if there are any. */
export const keyWithAll =
  (key: string, path: string): KeysOf =>
  ({ properties }) => {
    const values = valuesAt(properties, path).map(textOf);
    return values.length === 0 ? {} : { [key]: values };
  };

/** All of these keys. */
export const allKeys =
  (...of: readonly KeysOf[]): KeysOf =>
  (...call) =>
    Object.assign({}, ...of.map((keys) => keys(...call))) as Keys;

/** The boundary that a role or user has when it is changed. */
export function attachedBoundary(change: Change, _: unknown, principal: string): Keys {
  const boundary = change.existing?.(principal)?.boundary ?? boundaryByTemplate(change, principal);
  return boundary === '' ? {} : { 'iam:PermissionsBoundary': boundary };
}

/** Inline policies of a role are changed before its boundary is [not documented: the order within one update]. */
const boundaryByTemplate = ({ own, properties, before = properties }: Change, principal: string): string =>
  principal === own ? textAt(before, 'PermissionsBoundary') : '';
