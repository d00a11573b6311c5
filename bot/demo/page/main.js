import { follow, tell } from "./api.js";
import { acceptPages } from "./drop.js";
import { createFrame } from "./frame.js";
import { createTree } from "./tree.js";

const $ = (id) => document.getElementById(id);
const tree = createTree($("tree"), (message) => attempt("room", { room: thread, message }));
const openFrame = createFrame($("frame"), (room, message) => attempt("room", { room, message }));
/** What the bot can be told, by where it is. */
const POWER = { running: "Stop the bot", stopped: "Start the bot", starting: "Starting …", stopping: "Stopping …" };
let presence = "starting";
let rooms = "";
let thread = null;
/** What went wrong here, and what the demo says went wrong. */
let ownTrouble = "";
let toldTrouble = "";

function show(state) {
  presence = state.bot;
  $("presence").textContent = `bot: ${presence}`;
  $("presence").dataset.presence = presence;
  $("power").textContent = POWER[presence];
  $("power").classList.toggle("busy", presence.endsWith("ing") && presence !== "running");
  $("status").textContent = state.status;
  toldTrouble = state.trouble ?? (state.tree?.waits ? `The import waits: ${state.tree.waits}` : "");
  complain(ownTrouble);
  showRooms(state);
  openFrame(state.frame);
  $("frame-wait").hidden = Boolean(state.frame);
  showArticle(state.tree);
}

/** @param {string} sentence Stays until the next thing that the person does. */
function complain(sentence) {
  ownTrouble = sentence;
  $("trouble").textContent = ownTrouble || toldTrouble;
  $("trouble").hidden = !$("trouble").textContent;
}

function showRooms({ rooms: all, room, viewers, viewer }) {
  const print = JSON.stringify([all, room, viewers, viewer]);
  if (print === rooms) return;
  rooms = print;
  $("rooms").replaceChildren(...all.map((each) => {
    const tab = Object.assign(document.createElement("button"), { type: "button", className: each.thread ? "tab thread" : "tab", textContent: each.name, title: each.name });
    if (each.id === room) tab.setAttribute("aria-current", "page");
    tab.addEventListener("click", () => attempt("room", { room: each.id }));
    return tab;
  }));
  $("viewer").replaceChildren(...viewers.map((each) => new Option(each.name, each.id, false, each.id === viewer)));
}

function showArticle(article) {
  thread = article?.thread;
  tree.update(article);
  if (!article) return;
  $("title").textContent = article.title;
  const live = Object.assign(document.createElement("b"), { textContent: `${article.live} live from Discord` });
  const parts = [`${article.imported} from the page`, live, `${article.sent} of ${article.total} messages`];
  if (article.quotes) parts.push(article.quotes === 1 ? "1 pull-quote" : `${article.quotes} pull-quotes`);
  $("counts").replaceChildren(...parts.flatMap((part, place) => (place ? [" · ", part] : [part])));
}

async function attempt(path, value) {
  complain("");
  try {
    await tell(path, value);
  } catch (problem) {
    rooms = "";
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
follow(show, (sentence) => {
  toldTrouble = sentence;
  complain(ownTrouble);
});
