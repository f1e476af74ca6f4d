// The mouse, the forms, and leaving the page.
import { act, turn } from "./acts.js";
import { openNew } from "./adding.js";
import { changed, grow, openClause, save, settleConflict, shut } from "./clause.js";
import { keepCopy } from "./copies.js";
import { $, desk, queue, root } from "./page.js";
import { beatSoon } from "./presence.js";
import { accept, acceptAll, pasted } from "./words.js";

root.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  const go = (todo) => { event.preventDefault(); queue(todo); };
  if (link?.matches("#outline .outline-link")) return go(() => openClause(link.closest("li").dataset.clause));
  if (link?.matches("[data-kind-choice], [data-add-last], [data-act=add]")) return go(() => openNew(link.getAttribute("href").split("#")[0], link.closest("li[data-depth]")));
  if (link?.matches("[data-shut]") && desk.open?.form.hasAttribute("data-stale")) { keepCopy(desk.open); desk.open.dirty = false; return; }
  if (link?.matches("[data-shut]")) return go(() => (desk.open ? shut() : $("#them")?.remove()));
  if (link?.matches("[data-shut-readings]")) return go(() => document.getElementById("readings").replaceChildren());
  const tool = event.target.closest("button[data-act]");
  if (tool && desk.open) return go(() => (tool.dataset.act === "read" ? accept() : act(tool.dataset.act, desk.open.item)));
  if (event.target.closest("[data-reading] button[data-accept]")) return go(accept);
  const chosen = event.target.closest("button[data-take]");
  if (chosen && desk.open) return go(() => settleConflict(chosen.value));
});
root.addEventListener("submit", (event) => {
  const form = event.target;
  const turned = form.dataset.turn;
  if (turned) { event.preventDefault(); queue(() => turn(turned)); return; }
  if (form.matches("[data-readings]")) { event.preventDefault(); queue(() => acceptAll(form)); return; }
  if (!desk.open || form !== desk.open.form) return;
  event.preventDefault();
  desk.open.form.removeAttribute("data-stale");
  desk.open.dirty = true;
  queue(() => shut());
}, true);
root.addEventListener("input", (event) => { if (desk.open && desk.open.form.contains(event.target)) { if (event.target === desk.open.area) grow(desk.open.area); changed(); } });
root.addEventListener("change", (event) => { if (desk.open && desk.open.form.contains(event.target)) changed(); });
root.addEventListener("paste", pasted);
window.addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else beatSoon(); });
window.addEventListener("beforeunload", (event) => { if (desk.open?.dirty) { keepCopy(desk.open); save(); event.preventDefault(); } });
