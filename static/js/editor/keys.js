// The keyboard.
import { act, turn } from "./acts.js";
import { addSame, openNew } from "./adding.js";
import { save, shut } from "./clause.js";
import { $, all, desk, queue, root } from "./page.js";
import { mark } from "./paper.js";
import { accept } from "./words.js";

const rows = () => all(".outline > li[data-clause]", root);
export function focusRow(row) {
  const link = row && $("a.outline-link", row);
  if (!link) return;
  for (const old of all(".outline-row[aria-current]", root)) old.removeAttribute("aria-current");
  row.setAttribute("aria-current", "true");
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  mark(row.dataset.clause, false);
}
function step(by) {
  const list = rows(), at = list.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? $(".outline-row[aria-current]", root) ?? list[0] : list[at + by];
  focusRow(next);
}
const MOVES = { ArrowUp: "up", ArrowDown: "down" };
function move(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (altKey && !ctrlKey && !shiftKey && MOVES[key]) return MOVES[key];
  if ((ctrlKey || metaKey) && !altKey && (key === "]" || event.code === "BracketRight")) return "indent";
  if ((ctrlKey || metaKey) && !altKey && (key === "[" || event.code === "BracketLeft")) return "outdent";
  return null;
}
function typing(event) {
  const { key, ctrlKey, metaKey, altKey } = event, area = desk.open.area, isCommand = ctrlKey || metaKey;
  if (event.target.tagName === "SELECT" && altKey) return null;
  if (key === "Enter" && isCommand) return addSame;
  if (key === "Enter" && altKey) return () => act("split", desk.open.item);
  if (key.toLowerCase() === "s" && isCommand && !altKey) return () => save({});
  if (event.code === "KeyN" && altKey && !ctrlKey) return accept;
  if (key === "Escape") return () => shut();
  const isAtStart = event.target === area && area.selectionStart === 0 && area.selectionEnd === 0;
  if (key === "Backspace" && isAtStart && !event.repeat && desk.open.clause && desk.open.item.previousElementSibling) return () => act("merge", desk.open.item);
  const name = move(event);
  return name && (() => act(name, desk.open.item));
}
function choosingKey(event) {
  const links = all("a[data-kind-choice]", $("[data-choices]")), at = links.indexOf(document.activeElement);
  if (event.key === "Escape") return () => { const near = $("#them").previousElementSibling; $("#them").remove(); focusRow(near ?? rows()[0]); };
  if (["ArrowDown", "ArrowRight"].includes(event.key)) return () => links[(at + 1) % links.length].focus();
  if (["ArrowUp", "ArrowLeft"].includes(event.key)) return () => links[(at - 1 + links.length) % links.length].focus();
  if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey) return null;
  const bare = (text) => text.trim().toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const found = [...links.slice(at + 1), ...links.slice(0, at + 1)].find((link) => bare(link.textContent).startsWith(bare(event.key)));
  return found ? () => found.focus() : null;
}
function walking(event) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event, isCommand = ctrlKey || metaKey;
  const row = document.activeElement.closest?.(".outline > li[data-clause]");
  if (isCommand && key.toLowerCase() === "z") return () => turn(shiftKey ? "redo" : "undo");
  if (isCommand && key.toLowerCase() === "y") return () => turn("redo");
  if (event.code === "KeyN" && altKey && $("form[data-readings]")) return accept;
  const name = move(event);
  if (name) return row && (() => act(name, row));
  if (isCommand || altKey) return null;
  if (key === "?") return () => document.getElementById("editor-keys").showModal();
  if (key === "ArrowDown" || key === "j") return () => step(1);
  if (key === "ArrowUp" || key === "k") return () => step(-1);
  if (key === "n") return () => openNew(row ? `${root.dataset.add}?at=${row.dataset.clause}` : root.dataset.add, row);
  if (key === "Delete" && row) return () => act("remove", row);
  return null;
}
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || $("dialog[open]")) return;
  const isField = event.target.closest?.("input, textarea, select, [contenteditable]");
  const place = event.target.closest?.("#outline, body");
  let todo = null;
  if (desk.open && desk.open.form.contains(event.target)) {
    todo = isField || event.key === "Escape" || event.altKey ? typing(event) : typing(event) ?? walking(event);
  } else if ($("[data-choices]") && !isField) todo = choosingKey(event) ?? (event.ctrlKey ? walking(event) : null);
  else if (!isField && place) todo = walking(event);
  if (!todo) return;
  event.preventDefault();
  if (todo === addSame) todo();
  else queue(todo);
});
