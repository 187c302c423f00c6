import { announcement } from './store.ts';

/** Copies text, and says so; where the browser does not allow it, it says that. */
export async function copy(text: string, what: string): Promise<boolean> {
  const isCopied = (await byClipboard(text)) || bySelection(text);
  announcement.value = isCopied ? `${what} copied` : `the browser does not allow copying: select the ${what} instead`;
  return isCopied;
}

async function byClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** A file from disk may not have the clipboard: the older command copies what is selected. */
function bySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'off-screen';
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way without a clipboard
  const isCopied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return isCopied;
}
