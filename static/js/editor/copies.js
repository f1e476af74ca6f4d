// What is typed and not yet saved is kept on this machine.
import { openNew } from "./adding.js";
import { changed, openClause, save } from "./clause.js";
import { $, button, desk, queue, root, words } from "./page.js";

const keyOf = (clause) => `editor:${root.dataset.person}:${root.dataset.document}:${clause}`;
function store(act) { try { return act(window.localStorage); } catch { return null; } }
export function keepCopy(one) {
  const copy = { text: one.area.value, version: one.version, base: one.base, url: one.form.getAttribute("action"), at: Date.now() };
  store((box) => box.setItem(keyOf(one.key), JSON.stringify(copy)));
}
export const dropCopy = (key) => store((box) => box.removeItem(keyOf(key)));
export function offerCopies() {
  const place = document.getElementById("kept");
  const prefix = keyOf("");
  for (const name of store((box) => Object.keys(box)) ?? []) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    const copy = JSON.parse(store((box) => box.getItem(name)) ?? "null");
    const shown = desk.open?.key === key ? desk.open.area.value : null;
    if (!copy || copy.text === copy.base || copy.text === shown) { dropCopy(key); continue; }
    const box = document.createElement("div");
    box.className = "notice kept-copy";
    box.dataset.tone = "soon";
    const line = document.createElement("p");
    line.textContent = `${words.kept} “${copy.text.slice(0, 120)}”`;
    box.append(line, button(words.restore, () => { box.remove(); queue(() => restore(key, copy)); }),
      button(words.forget, () => { box.remove(); dropCopy(key); }, "quiet"));
    place.append(box);
  }
}
async function restore(key, copy) {
  await (key.startsWith("new") ? openNew(copy.url) : openClause(key));
  if (!desk.open) return;
  desk.open.area.value = copy.text;
  if (!key.startsWith("new")) { desk.open.version = copy.version; desk.open.base = copy.base; }
  changed();
  save();
}
