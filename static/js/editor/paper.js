// The paper beside the words, and what hangs on what was saved.
import { $, all, root } from "./page.js";

// Drawn when the saves have been quiet, once for all of them, never twice at a time: the newest
// stays, and a slow machine has time for the keys.
const QUIET = 1000;
let paperTimer = 0, paperClause = null, isDrawing = false;
export const frame = () => $("#paper iframe");
export function refreshPaper(clause) {
  paperClause = clause ?? paperClause;
  document.body.dispatchEvent(new Event("clauses-saved"));
  drawSoon();
}
function drawSoon() {
  clearTimeout(paperTimer);
  if (frame()?.offsetParent) paperTimer = setTimeout(drawWhenFree, QUIET);
}
async function drawWhenFree() {
  if (isDrawing) return drawSoon();
  isDrawing = true;
  await drawPaper().finally(() => { isDrawing = false; });
}
async function drawPaper() {
  const answer = await fetch(root.dataset.preview, { credentials: "same-origin" }).catch(() => null);
  const inside = frame()?.contentDocument;
  if (!answer?.ok || answer.redirected || !inside?.body) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const top = inside.scrollingElement?.scrollTop ?? 0;
  inside.body.replaceChildren(...page.body.childNodes);
  if (inside.scrollingElement) inside.scrollingElement.scrollTop = top;
  mark(paperClause, false);
}
export function mark(clause, isFollowed) {
  const inside = frame()?.contentDocument;
  for (const old of all(".is-edited", inside ?? document)) { old.classList.remove("is-edited"); old.style.boxShadow = ""; }
  const place = clause && inside?.querySelector(`[data-clause~="${clause}"]`);
  if (!place) return;
  place.classList.add("is-edited");
  place.style.boxShadow = "-6px 0 0 #b8862b";
  const { top, bottom } = place.getBoundingClientRect();
  const height = inside.documentElement.clientHeight;
  if (isFollowed || top < 0 || bottom > height) inside.scrollingElement.scrollTop += top - height / 3;
}
