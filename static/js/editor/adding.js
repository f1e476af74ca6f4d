// Adding clauses.
import { toast } from "./acts.js";
import { changed, factState, shut, take } from "./clause.js";
import { offerWords } from "./copies.js";
import { $, all, desk, element, queue, root, words } from "./page.js";
import { ask } from "./server.js";

export async function openNew(url, after, stand = null) {
  const place = after ?? desk.open?.item ?? null;
  if (!(await shut({ focus: false }))) return;
  $("#them")?.remove();
  const answer = await ask(url);
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  const item = element(answer.form);
  const query = new URL(url, location).searchParams, at = query.get("at");
  const above = (at && document.getElementById(`clause-${at}`)) ?? (place?.isConnected ? place : null);
  const depth = Number(above?.dataset.depth ?? 1);
  item.dataset.depth = at && query.get("where") === "inside" ? depth + 1 : at ? depth : 1;
  const list = $("ol.outline", root);
  if (stand?.isConnected) stand.before(item);
  else if (!at || !above) list.append(item);
  else lastBelow(above, query.get("where") === "inside" ? depth : depth).after(item);
  if ($("[data-choices]", item)) {
    for (const hidden of all("[data-needs-script]", item)) hidden.hidden = false;
    $("a[data-kind-choice]", item)?.focus();
    item.scrollIntoView({ block: "nearest" });
  } else take(item, { focus: !stand });
}
export function lastBelow(row, depth) {
  let last = row;
  while (last.nextElementSibling && Number(last.nextElementSibling.dataset.depth) > depth) last = last.nextElementSibling;
  return last;
}
// Whoever types on while the next form is fetched types into a box that stands in for it.
export function addSame() {
  const one = desk.open;
  if (!one?.form.isConnected || one.form.hasAttribute("data-stale")) return;
  if (!one.area.value.trim() && factState(one.form) === one.facts && !one.clause) return;
  const stand = document.createElement("li"), box = document.createElement("textarea");
  stand.className = "outline-open is-new";
  stand.dataset.depth = one.item.dataset.depth;
  stand.dataset.stand = "";
  stand.append(box);
  lastBelow(one.item, Number(one.item.dataset.depth)).after(stand);
  box.focus({ preventScroll: true });
  queue(async () => {
    const isShut = await shut({ focus: false });
    const address = `${root.dataset.add}?at=${one.clause}&where=after&kind=${one.kind}`;
    if (isShut) await openNew(address, null, stand);
    const typed = box.value;
    stand.remove();
    if (!desk.open) { if (typed.trim()) offerWords(one.kind, typed, address); return; }
    desk.open.area.focus({ preventScroll: true });
    if (typed) { desk.open.area.setRangeText(isShut ? typed : `\n${typed}`, desk.open.area.value.length, desk.open.area.value.length, "end"); changed(); }
  });
}
