/** Key of the token in the storage of the tab. */
const storageKey = 'crosswind-token';

let kept: string | undefined;

/**
 * Moves a token out of the address, `#token=TOKEN` with the view after it, into the storage of the tab; a link or a picture
 * of the window then has no token.
 */
export function takeToken(): void {
  const { token, rest } = tokenIn(location.hash);
  if (token === undefined) return;
  kept = token;
  try {
    sessionStorage.setItem(storageKey, token);
  } catch {
    // Without storage the token is gone when the page is loaded anew.
  }
  history.replaceState(null, '', rest);
}

/** The token of this tab; undefined if it never had one. */
export function tokenOfTab(): string | undefined {
  try {
    return kept ?? sessionStorage.getItem(storageKey) ?? undefined;
  } catch {
    return kept;
  }
}

/** A token at the begin of what follows `#`, and the address without it. */
export function tokenIn(hash: string): { readonly token: string | undefined; readonly rest: string } {
  const [, token, rest = ''] = /^#token=([\w-]+)(.*)$/.exec(hash) ?? [];
  return { token, rest: token === undefined ? hash : `#${rest === '' ? '/' : rest}` };
}
