import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that are read of a file: more than a comment has characters, and less than fills memory. */
const readAtMost = 4 * 65_536;

/**
 * The plan of a run, or undefined if the run made none. The run belongs to the author of the pull request, so its files are
 * data: no link is followed, because it could lead to the token of this job.
 * @param {string} directory
 * @returns {Promise<{ headSha: string, markdown: string } | undefined>}
 */
export async function planIn(directory) {
  const [headSha, markdown] = await Promise.all(['head-sha', 'plan.md'].map((name) => textOf(join(directory, name))));
  return headSha === undefined || markdown === undefined ? undefined : { headSha: headSha.trim(), markdown };
}

async function textOf(path) {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'ELOOP') throw new Error(`${path} of the artifact is a link: expected a file`);
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    if (!(await file.stat()).isFile()) throw new Error(`${path} of the artifact is no file`);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(readAtMost), 0, readAtMost, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
