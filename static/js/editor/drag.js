// A clause dragged by the mouse: a line shows where it would stand, how far right says how deep.
import { renew, toast } from "./acts.js";
import { shut } from "./clause.js";
import { $, all, desk, queue, root, words } from "./page.js";
import { post } from "./server.js";

const FROM = 6, STEP = 24, EDGE = 48; // pixels: when it is a drag, one level, where the page scrolls
let drag = null; // the row that is held, those below it, and the place it would go to
const depthOf = (row) => Number(row?.dataset.depth ?? 0);

function begin(event) {
  const row = event.target.closest?.("#outline .outline-row[data-clause]");
  if (!row || event.button !== 0 || event.pointerType === "touch" || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!event.target.closest(".outline-link")) return;
  drag = { row, x: event.clientX, y: event.clientY, pointer: event.pointerId, place: null, isOn: false };
}
function lift() {
  drag.isOn = true;
  drag.moved = [drag.row];
  for (let next = drag.row.nextElementSibling; depthOf(next) > depthOf(drag.row); next = next.nextElementSibling) drag.moved.push(next);
  for (const row of drag.moved) row.classList.add("is-dragged");
  drag.line = document.createElement("div");
  drag.line.className = "drop-line";
  root.append(drag.line);
  root.setPointerCapture(drag.pointer);
  document.body.classList.add("is-dragging");
}
// Between two rows it may stand on every level from that of the lower one to inside the upper one.
function placeAt(x, y) {
  const others = all(".outline > li[data-clause]", root).filter((row) => !drag.moved.includes(row));
  const at = others.findIndex((row) => { const box = row.getBoundingClientRect(); return y < box.top + box.height / 2; });
  const index = at < 0 ? others.length : at;
  const above = others[index - 1], below = others[index];
  const wanted = depthOf(drag.row) + Math.round((x - drag.x) / STEP);
  const depth = Math.min(Math.max(wanted, below ? depthOf(below) : 1, 1), depthOf(above) + 1);
  let parent = null, after = null;
  for (let back = index - 1; back >= 0 && !parent; back -= 1) {
    if (depthOf(others[back]) < depth) parent = others[back];
    else if (depthOf(others[back]) === depth && !after) after = others[back];
  }
  return { above, below, depth, parent: parent?.dataset.clause ?? "", after: after?.dataset.clause ?? "" };
}
function follow(event) {
  if (!drag) return;
  if (!drag.isOn && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < FROM) return;
  if (!drag.isOn) lift();
  event.preventDefault();
  if (event.clientY < EDGE + 56) window.scrollBy(0, -12);
  else if (event.clientY > window.innerHeight - EDGE) window.scrollBy(0, 12);
  drag.place = placeAt(event.clientX, event.clientY);
  const { above, below, depth } = drag.place;
  const list = $("ol.outline", root).getBoundingClientRect(), area = root.getBoundingClientRect();
  const edge = above ? above.getBoundingClientRect().bottom : below.getBoundingClientRect().top;
  const left = list.left + Math.min(depth - 1, 4) * 20;
  Object.assign(drag.line.style, { top: `${edge - area.top}px`, left: `${left - area.left}px`, width: `${list.right - left}px` });
}
function settle() {
  const done = drag;
  drag = null;
  if (!done?.isOn) return null;
  for (const row of done.moved) row.classList.remove("is-dragged");
  done.line.remove();
  document.body.classList.remove("is-dragging");
  // The click that ends a drag opens nothing.
  const still = (event) => { event.preventDefault(); event.stopPropagation(); };
  window.addEventListener("click", still, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", still, { capture: true }), 50);
  return done;
}
async function drop({ row, place }) {
  if (desk.open && !(await shut({ focus: false }))) return;
  const url = $("a", document.getElementById(row.id)).getAttribute("href").split("#")[0];
  const answer = await post(`${url}chuyen/`, { direction: "place", parent: place.parent, after: place.after });
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind] ?? words.failed); return; }
  renew(answer);
  toast(words.moved, true);
}
root.addEventListener("pointerdown", begin);
root.addEventListener("pointermove", follow);
root.addEventListener("pointerup", () => { const done = settle(); if (done?.place) queue(() => drop(done)); });
root.addEventListener("pointercancel", settle);
root.addEventListener("dragstart", (event) => { if (event.target.closest?.("#outline")) event.preventDefault(); });
document.addEventListener("keydown", (event) => { if (drag?.isOn && event.key === "Escape") { event.preventDefault(); settle(); } }, true);
