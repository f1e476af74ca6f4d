// Moving, joining, cutting, taking out, undoing.
import { letGo, save, shut, swap, take } from "./clause.js";
import { dropCopy } from "./copies.js";
import { focusRow } from "./keys.js";
import { $, button, desk, queue, root, words } from "./page.js";
import { refreshPaper } from "./paper.js";
import { post } from "./server.js";
import { offerReadings } from "./words.js";

export async function act(name, row) {
  if (!row?.isConnected) return;
  const clause = row.dataset.clause;
  const isOpen = desk.open?.clause === clause;
  const at = isOpen ? desk.open.area.selectionStart : 0;
  if (isOpen && !(await save())) return;
  if (!clause) return;
  const url = isOpen ? desk.open.form.getAttribute("action") : $("a", row).getAttribute("href").split("#")[0];
  const values = isOpen ? { mo: "1" } : {};
  let path = `${url}chuyen/`;
  if (name === "merge") path = `${url}gop/`;
  else if (name === "remove") { path = `${url}xoa/`; delete values.mo; }
  else if (name === "split") {
    path = `${url}tach/`;
    Object.assign(values, { text: desk.open.area.value, version: desk.open.version, base: desk.open.base });
    if (at > 0 && at < desk.open.area.value.length) values.at = [...open.area.value.slice(0, at)].length;
  } else values.direction = name;
  const before = name === "merge" && row.previousElementSibling ? null : at;
  const answer = await post(path, values);
  if (answer.kind === "stale") { swap(desk.open, answer); return; }
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind] ?? words.failed); return; }
  renew(answer, { at: name === "split" ? 0 : before });
  if (["remove", "merge", "split"].includes(name)) toast(answer.said, true);
  if (name === "split") offerReadings(answer.made);
}
export function renew(answer, { at = null } = {}) {
  const wasOpen = desk.open;
  letGo(wasOpen);
  document.getElementById("outline").innerHTML = answer.outline;
  if (wasOpen && !wasOpen.dirty) dropCopy(wasOpen.key);
  const item = answer.clause && document.getElementById(`clause-${answer.clause}`);
  if (item && $("form[data-editor]", item)) {
    take(item);
    if (at !== null) desk.open.area.setSelectionRange(at, at);
  } else focusRow(item || $(".outline > li", root));
  refreshPaper(answer.clause);
}
export async function turn(which) {
  if (desk.open && !(await shut({ focus: false }))) return;
  const answer = await post($(`form[data-turn=${which}]`).action);
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  renew(answer);
  toast(answer.said);
}
export function toast(text, canUndo = false) {
  if (!text) return;
  const box = document.createElement("div");
  box.className = "toast";
  const line = document.createElement("p");
  line.textContent = text;
  box.append(line);
  if (canUndo) box.append(button(words.undo, () => { box.remove(); queue(() => turn("undo")); }, "quiet"));
  document.getElementById("toasts")?.append(box);
  setTimeout(() => box.remove(), 9000);
}
