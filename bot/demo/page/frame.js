/** Discord's page in its frame. It is SimCord's, from our own origin; three habits of it are bent here. */

/** What SimCord says about its own doing, and a reader of Discord need not know. */
const QUIET = /^(Preview|Viewport|Action completed|Callback completed|Updating|Loading|Message opened|Options|Conversation)/;

const DISCORD = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?$/;

/**
 * @param {HTMLIFrameElement} frame @param {(room: string, message?: string) => void} goTo
 * @returns {(page: {number: number, capability: string, follow: boolean} | null) => void}
 */
export function createFrame(frame, goTo) {
  let number = 0;
  let follow = false;

  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    const timeline = page.getElementById("channel-timeline");
    if (!timeline) return;
    if (follow) stayAtTheEnd(page, timeline);
    page.addEventListener("click", (event) => travel(event, goTo), { capture: true });
    quieten(page.getElementById("action-status"));
  });

  return (page) => {
    if (!page || page.number === number) return;
    number = page.number;
    follow = page.follow;
    frame.src = `/discord?page=${page.number}#${page.capability}`;
    frame.hidden = false;
  };
}

/**
 * The frame stays at the newest message until the person takes hold of it, and again when they have written.
 * SimCord puts its page back where it was after every change, so this looks again and again.
 */
function stayAtTheEnd(page, timeline) {
  let following = true;
  const letGo = () => { following = false; };
  for (const kind of ["wheel", "touchmove", "pointerdown"]) timeline.addEventListener(kind, letGo, { passive: true });
  page.addEventListener("submit", () => { following = true; }, { capture: true });
  // The frame's own clock: it ends with the frame's page.
  page.defaultView.setInterval(() => {
    if (following) timeline.scrollTo({ top: timeline.scrollHeight, behavior: "instant" });
  }, 250);
}

/** A link into Discord leads there, and here that is another room of this page. */
function travel(event, goTo) {
  const [, room, message] = DISCORD.exec(event.target.closest?.("a")?.href ?? "") ?? [];
  if (!room) return;
  event.preventDefault();
  event.stopPropagation();
  goTo(room, message);
}

function quieten(status) {
  const look = () => { status.hidden = !status.textContent || QUIET.test(status.textContent); };
  new MutationObserver(look).observe(status, { childList: true, characterData: true, subtree: true });
  look();
}
