import { follow, tell } from "./api.js";
import { acceptPages } from "./drop.js";
import { createTree } from "./tree.js";

const $ = (id) => document.getElementById(id);
const tree = createTree($("tree"));
/** What the bot can be told, by where it is. */
const POWER = { running: "Stop the bot", stopped: "Start the bot", starting: "Starting …", stopping: "Stopping …" };
let frameNumber = 0;
let presence = "starting";
let opened = "";

function show(state) {
  presence = state.bot;
  $("presence").textContent = `bot: ${presence}`;
  $("presence").dataset.presence = presence;
  $("power").textContent = POWER[presence];
  $("power").classList.toggle("busy", presence.endsWith("ing") && presence !== "running");
  $("status").textContent = state.status;
  complain(state.trouble);
  showRooms(state);
  showFrame(state.frame);
  showArticle(state.tree);
}

function complain(sentence) {
  $("trouble").hidden = !sentence;
  $("trouble").textContent = sentence ?? "";
}

function showRooms({ rooms, room, viewers, viewer }) {
  const print = JSON.stringify([rooms, room, viewers, viewer]);
  if (print === opened) return;
  opened = print;
  $("rooms").replaceChildren(...rooms.map((each) => {
    const tab = Object.assign(document.createElement("button"), { type: "button", className: "tab", textContent: each.name, title: each.name });
    if (each.id === room) tab.setAttribute("aria-current", "page");
    tab.addEventListener("click", () => attempt("room", { room: each.id }));
    return tab;
  }));
  $("viewer").replaceChildren(...viewers.map((each) => new Option(each.name, each.id, false, each.id === viewer)));
}

function showFrame(frame) {
  if (!frame || frame.number === frameNumber) return;
  frameNumber = frame.number;
  $("frame").src = `/discord?page=${frame.number}#${frame.capability}`;
  $("frame").hidden = false;
  $("frame-wait").hidden = true;
}

function showArticle(article) {
  tree.update(article);
  if (!article) return;
  $("title").textContent = article.title;
  const live = Object.assign(document.createElement("b"), { textContent: `${article.live} live from Discord` });
  const parts = [`${article.imported} from the page`, live, `${article.sent} of ${article.total} messages`];
  if (article.quotes) parts.push(article.quotes === 1 ? "1 pull-quote" : `${article.quotes} pull-quotes`);
  $("counts").replaceChildren(...parts.flatMap((part, place) => (place ? [" · ", part] : [part])));
  if (article.waits) complain(`The import waits: ${article.waits}`);
}

async function attempt(path, value) {
  try {
    await tell(path, value);
  } catch (problem) {
    complain(problem.message);
  }
}

$("power").addEventListener("click", () => {
  if (presence === "running" || presence === "stopped") attempt("bot", { run: presence === "stopped" });
  else complain(`The bot is ${presence}; that takes a second or two.`);
});
$("write").addEventListener("click", () => attempt("write"));
$("viewer").addEventListener("change", () => attempt("room", { viewer: $("viewer").value }));
$("tries").open = matchMedia("(min-height: 760px)").matches;
acceptPages($("drop"), $("file"), $("frame"), complain);
follow(show, complain);
