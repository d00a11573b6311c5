/** The tree: one line a comment, kept between states so that only what is new lights up. */

const FRESH_FOR = 9000;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {HTMLElement} list @param {(message: string) => void} goTo */
export function createTree(list, goTo) {
  /** @type {Map<string, {element: HTMLElement, print: string}>} */
  const lines = new Map();
  let shown;

  /** @param {any} tree The article with its branches, or null before the first import. */
  function update(tree) {
    const quiet = tree?.id !== shown;
    if (quiet) lines.clear();
    shown = tree?.id ?? null;
    const wanted = (tree?.branches ?? []).map((branch) => line(branch, quiet));
    for (const id of [...lines.keys()]) if (!wanted.some((element) => element.dataset.id === id)) lines.delete(id);
    list.replaceChildren(...(wanted.length ? wanted : [nothing(tree)]));
    const latest = wanted.filter((element) => element.dataset.arrived === "now").at(-1);
    wanted.forEach((element) => delete element.dataset.arrived);
    if (latest && !list.matches(":hover, :focus-within")) reveal(latest);
  }

  function line(branch, quiet) {
    const print = JSON.stringify(branch);
    const known = lines.get(branch.id);
    if (known?.print === print) return known.element;
    const element = draw(branch, goTo);
    if (!quiet) light(element, known ? "changed" : "new");
    lines.set(branch.id, { element, print });
    return element;
  }

  /** Scrolls the list, never the page around it. */
  function reveal(element) {
    const top = element.offsetTop - list.offsetTop;
    const seen = top >= list.scrollTop && top + element.offsetHeight <= list.scrollTop + list.clientHeight;
    if (!seen) list.scrollTo({ top: top - list.clientHeight / 3, behavior: calm.matches ? "auto" : "smooth" });
  }

  return { update };
}

function draw(branch, goTo) {
  const element = make("li", `branch${branch.live ? " live" : ""}`);
  element.dataset.id = branch.id;
  element.style.setProperty("--level", branch.level);
  const head = make("header");
  head.append(make("span", `who${branch.who === "Unnamed reader" ? " unnamed" : ""}`, branch.who));
  if (branch.live) head.append(make("span", "mark", "live, from Discord"));
  if (branch.edited) head.append(make("span", "mark", "edited"));
  const number = make(branch.message ? "button" : "span", "number", `comment ${branch.number}`);
  if (branch.message) {
    number.type = "button";
    number.title = "Show it in Discord";
    number.addEventListener("click", () => goTo(branch.message));
  }
  if (branch.level) number.append(make("span", "unseen", `, level ${branch.level}`));
  head.append(number);
  element.append(head, branch.gone ? make("p", "words gone", branch.gone) : make("p", "words", branch.words));
  return element;
}

/** New lines glow for a while, and say so in a word for everybody who doesn't see the glow. */
function light(element, word) {
  const mark = make("span", "mark news", word);
  element.querySelector("header").insertBefore(mark, element.querySelector(".number"));
  element.classList.add("fresh");
  element.dataset.arrived = "now";
  setTimeout(() => {
    mark.remove();
    element.classList.remove("fresh");
  }, FRESH_FOR);
}

function nothing(tree) {
  return make("li", "empty", tree ? "No comment is posted yet." : "Nothing is in the database yet.");
}

function make(tag, name = "", text = "") {
  return Object.assign(document.createElement(tag), { className: name, textContent: text });
}
