/** Our own small API. The token comes with the address that the demo prints, after its “#”. */

const token = location.hash.slice(1);

/** What the person reads when a request fails. */
export class Trouble extends Error {}

/** @param {string} path @param {RequestInit} [options] */
export async function ask(path, options = {}) {
  const headers = { "X-Rejoinder-Token": token, ...options.headers };
  const answer = await fetch(`/demo/api/${path}`, { cache: "no-store", ...options, headers });
  if (answer.ok) return answer.json();
  if (answer.status === 422) throw new Trouble((await answer.json()).trouble);
  throw new Trouble(await answer.text());
}

/** @param {string} path @param {object} [value] */
export function tell(path, value = {}) {
  return ask(path, { method: "POST", body: JSON.stringify(value), headers: { "Content-Type": "application/json" } });
}

/**
 * Every new state, for as long as the page is open.
 * @param {(state: any) => void} show @param {(sentence: string) => void} complain
 */
export async function follow(show, complain) {
  let version = "";
  for (;;) {
    try {
      const state = await ask(`news?after=${version}`);
      if (state.version !== version) show(state);
      version = state.version;
    } catch (problem) {
      version = "";
      complain(problem instanceof Trouble ? problem.message : "The demo does not answer. Is it still running in your terminal? I go on asking.");
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }
}
