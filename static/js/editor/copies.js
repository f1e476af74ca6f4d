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
  const prefix = keyOf("");
  for (const name of store((box) => Object.keys(box)) ?? []) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    const copy = JSON.parse(store((box) => box.getItem(name)) ?? "null");
    const shown = desk.open?.key === key ? desk.open.area.value : null;
    if (!copy || copy.text === copy.base || copy.text === shown) { dropCopy(key); continue; }
    offer(key, copy);
  }
}
function offer(key, copy) {
  const box = document.createElement("div");
  box.className = "notice kept-copy";
  box.dataset.tone = "soon";
  const line = document.createElement("p");
  line.textContent = `${words.kept} “${copy.text.slice(0, 120)}”`;
  box.append(line, button(words.restore, () => { box.remove(); queue(() => restore(key, copy)); }),
    button(words.forget, () => { box.remove(); dropCopy(key); }, "quiet"));
  document.getElementById("kept").append(box);
}
// Words for which there is no form are kept and offered as a clause to be added.
export function offerWords(kind, text, url) {
  const key = `new-${kind}-${Date.now()}`, copy = { text, version: "", base: "", url, at: Date.now() };
  store((box) => box.setItem(keyOf(key), JSON.stringify(copy)));
  offer(key, copy);
}
async function restore(key, copy) {
  const was = desk.open, isNew = key.startsWith("new");
  await (isNew ? openNew(copy.url) : openClause(key));
  // What is open cannot be closed now, or the form did not come.
  if (!desk.open || (isNew ? desk.open === was : desk.open.key !== key)) { offer(key, copy); return; }
  if (desk.open.key !== key) dropCopy(key);
  desk.open.area.value = copy.text;
  if (!key.startsWith("new")) { desk.open.version = copy.version; desk.open.base = copy.base; }
  changed();
  save();
}
