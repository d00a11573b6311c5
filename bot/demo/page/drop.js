import { ask } from "./api.js";

/** SimCord takes files of at most 10 MiB, as Discord does. */
const LARGEST = 10 * 1024 * 1024;

/**
 * A file dropped anywhere, or chosen, goes to the moderator, who hands it to the bot.
 * @param {HTMLElement} zone @param {HTMLInputElement} input @param {HTMLIFrameElement} frame
 * @param {(sentence: string) => void} complain
 */
export function acceptPages(zone, input, frame, complain) {
  const words = zone.querySelector("span");
  const idle = words.innerHTML;

  async function bring(file) {
    if (!file) return;
    if (file.size > LARGEST) {
      complain(`${file.name} is larger than 10 MB; Discord takes no such file either.`);
      return;
    }
    words.textContent = `Handing over ${file.name} …`;
    try {
      await ask(`page?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
    } catch (problem) {
      complain(problem.message);
    } finally {
      words.innerHTML = idle;
      input.value = "";
    }
  }

  /** Discord's own upload fields keep what is dropped on them. */
  function ours(event) {
    return !event.defaultPrevented && !event.target.closest?.(".upload-dropzone");
  }

  function listen(target) {
    target.addEventListener("dragover", (event) => {
      if (!ours(event)) return;
      event.preventDefault();
      zone.classList.add("over");
    });
    target.addEventListener("dragleave", (event) => {
      if (!event.relatedTarget) zone.classList.remove("over");
    });
    target.addEventListener("drop", (event) => {
      zone.classList.remove("over");
      if (!ours(event)) return;
      event.preventDefault();
      bring(event.dataTransfer.files[0]);
    });
  }

  listen(window);
  frame.addEventListener("load", () => listen(frame.contentWindow));
  input.addEventListener("change", () => bring(input.files[0]));
}
