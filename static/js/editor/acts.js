// Moving, joining, cutting, taking out, undoing.
import { lastBelow } from "./adding.js";
import { changed, letGo, save, shut, swap, take } from "./clause.js";
import { dropCopy } from "./copies.js";
import { focusRow } from "./keys.js";
import { $, button, desk, queue, root, words } from "./page.js";
import { refreshPaper } from "./paper.js";
import { post } from "./server.js";
import { offerReadings } from "./words.js";

export async function act(name, row) {
  const clause = row?.dataset.clause;
  if (!clause || !row.isConnected) return;
  const isOpen = desk.open?.clause === clause;
  if (!(await (isOpen ? save() : shut({ focus: false })))) return;
  if (!isOpen) { await actOn(name, row, null); return; }
  const one = desk.open;
  one.saves = one.saves.then(() => actOn(name, row, one)); // a save meanwhile waits for its turn
  await one.saves;
}
async function actOn(name, row, one) {
  if (one?.isGone) return;
  const at = one ? one.area.selectionStart : 0, text = one?.area.value;
  const url = one ? one.form.getAttribute("action") : $("a", row).getAttribute("href").split("#")[0];
  const values = one ? { mo: "1" } : {};
  let path = `${url}chuyen/`;
  if (name === "merge") path = `${url}gop/`;
  else if (name === "remove") { path = `${url}xoa/`; delete values.mo; }
  else if (name === "split") {
    path = `${url}tach/`;
    Object.assign(values, { text, version: one.version, base: one.base });
    if (at > 0 && at < text.length) values.at = [...text.slice(0, at)].length;
  } else values.direction = name;
  const before = name === "merge" && row.previousElementSibling ? null : at;
  const answer = await post(path, values);
  if (answer.kind === "stale") { swap(one, answer); return; }
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind] ?? words.failed); return; }
  renew(answer, { at: name === "split" ? 0 : before, sent: name === "split" ? text : one?.sent });
  if (["remove", "merge", "split"].includes(name)) toast(answer.said, true);
  if (name === "split") offerReadings(answer.made);
}
// What was typed since `sent`, and what stands behind it.
export function typedSince(sent, now) {
  const most = Math.min(sent.length, now.length);
  let head = 0, tail = 0;
  while (head < most && sent[head] === now[head]) head += 1;
  while (tail < most - head && sent.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  return [now.slice(head, now.length - tail), now.slice(now.length - tail)];
}
// Words typed while the server was at work go where they belong in the form that came.
function carry(was, sent) {
  const area = desk.open.area, [typed, behind] = typedSince(sent, was.area.value);
  if (area.value.trim() === sent.trim()) {
    area.value = was.area.value;
    area.setSelectionRange(was.area.selectionStart, was.area.selectionEnd);
  } else {
    const place = area.value.length - (area.value.endsWith(behind) ? behind.length : 0);
    area.setRangeText(typed, place, place, "end");
  }
  changed();
}
export function renew(answer, { at = null, sent = null } = {}) {
  const wasOpen = desk.open, stand = $("[data-stand]", root);
  letGo(wasOpen);
  document.getElementById("outline").innerHTML = answer.outline;
  if (wasOpen && !wasOpen.dirty) dropCopy(wasOpen.key);
  const item = answer.clause && document.getElementById(`clause-${answer.clause}`);
  if (item && $("form[data-editor]", item)) {
    take(item);
    if (at !== null) desk.open.area.setSelectionRange(at, at);
    if (sent !== null && wasOpen.area.value !== sent) carry(wasOpen, sent);
  } else focusRow(item || $(".outline > li", root));
  if (stand && item) { lastBelow(item, Number(item.dataset.depth)).after(stand); $("textarea", stand).focus({ preventScroll: true }); }
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
