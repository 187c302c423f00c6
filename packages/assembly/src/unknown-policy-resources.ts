import { isArray, isObject, type Json, unresolved } from '@crosswind/aws/json';

/**
 * `value` with what its policies say of opaque resources by a bare `Ref` marked as unresolved: on AWS that `Ref` may be an
 * ARN, so the policy is not malformed.
 * @param opaqueRefs type and logical id of each opaque resource by its `Ref`
 * @param problem called with the place of each mark
 */
export function withoutUnknownArns(
  value: Json,
  path: string,
  opaqueRefs: ReadonlyMap<string, string>,
  problem: (path: string, message: string) => void,
): Json {
  const marked = (item: Json, at: string, isResource: boolean): Json => {
    if (isArray(item)) return item.map((each, index) => marked(each, `${at}.${index}`, isResource));
    if (isObject(item)) {
      const entries = Object.entries(item).map(([key, each]): [string, Json] => [
        key,
        marked(each, `${at}.${key}`, 'Effect' in item && (key === 'Resource' || key === 'NotResource')),
      ]);
      return Object.fromEntries(entries);
    }
    if (!isResource || typeof item !== 'string' || item === '*' || item.startsWith('arn:')) return item;
    const [, origin] = [...opaqueRefs].find(([ref]) => item.includes(ref)) ?? [];
    if (origin === undefined) return item;
    problem(at, `no ARN is known for Ref of ${origin}`);
    return unresolved;
  };
  return marked(value, path, false);
}
