/**
 * The REST API of GitHub for one repository, with the token of the workflow.
 * @param {{ api: string, repository: string, token: string }} access
 */
export function gitHub({ api, repository, token }) {
  /** Answer to one request as JSON. */
  async function request(method, path, body) {
    const response = await fetch(`${api}/repos/${repository}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'x-github-api-version': '2022-11-28',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: GitHub answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  /** Every item of a list, whose pages have at most 100 (GitHub Docs: "Using pagination in the REST API"). */
  async function all(path) {
    const items = [];
    for (let page = 1; ; page += 1) {
      const found = await request('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      items.push(...found);
      if (found.length < 100) return items;
    }
  }

  return { request, all };
}
