// One clause open: its form, its saves, its end.
import { toast } from "./acts.js";
import { dropCopy, keepCopy } from "./copies.js";
import { focusRow } from "./keys.js";
import { $, all, desk, element, root, words } from "./page.js";
import { mark, refreshPaper } from "./paper.js";
import { beatSoon } from "./presence.js";
import { ask } from "./server.js";
import { linesStand, look } from "./words.js";

const PAUSE = 1500, LOOK = 500, RETRY = 8000;
export const factState = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name.startsWith("fact-")));
export function take(item, { focus = true } = {}) {
  const form = $("form[data-editor]", item);
  if (!form) return;
  const area = form.elements.text;
  const clause = item.dataset.clause ?? null;
  const key = clause ?? `new-${form.dataset.kind}`;
  desk.open = { item, form, area, clause, key, kind: form.dataset.kind, version: form.elements.version.value,
    base: form.elements.base.value, facts: factState(form), sent: area.value, saves: Promise.resolve(true), timer: 0, looker: 0,
    tried: new Set(), lines: null }; // texts whose sending had no answer: the server may have one of them
  desk.open.dirty = form.hasAttribute("data-stale");
  for (const hidden of all("[data-needs-script]", item)) hidden.hidden = false;
  grow(area);
  if (focus) { area.focus({ preventScroll: true }); area.setSelectionRange(area.value.length, area.value.length); item.scrollIntoView({ block: "nearest" }); }
  beatSoon();
}
export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.6)}px`;
}
export function say(text, tone = "") {
  const place = desk.open && $("[data-save-state]", desk.open.form);
  if (place) { place.textContent = text; place.dataset.tone = tone; }
}
export function changed() {
  const one = desk.open;
  if (!one) return;
  one.dirty = one.area.value !== one.sent || factState(one.form) !== one.facts;
  keepCopy(one);
  if (!one.form.hasAttribute("data-stale")) {
    say(words.waiting);
    clearTimeout(one.timer);
    one.timer = setTimeout(() => save({ autosave: "1" }, one), PAUSE);
  }
  if (one.form.hasAttribute("data-reads")) {
    clearTimeout(one.looker);
    one.looker = setTimeout(look, LOOK);
  }
}
// Before its form leaves the page: a field taken away says it changed, and a pause begun goes on.
export function letGo(one) {
  if (!one) return;
  clearTimeout(one.timer);
  clearTimeout(one.looker);
  one.isGone = true;
  desk.open = null;
}
export function bodyOf(one, extra) {
  const body = new FormData(one.form);
  body.set("version", one.version);
  body.set("base", one.base);
  for (const name of ["text_mine", "text_merged"]) body.delete(name);
  if (one.clause && factState(one.form) === one.facts) {
    for (const name of [...body.keys()]) if (name.startsWith("fact-")) body.delete(name);
    body.set("words_only", "1");
  }
  for (const [name, value] of Object.entries(extra)) body.set(name, value);
  return body;
}
// Saves of a clause follow each other; gives whether the server has everything.
export function save(extra = { autosave: "1" }, one = desk.open) {
  if (!one) return Promise.resolve(true);
  clearTimeout(one.timer);
  const turnOf = () => {
    if (one.isGone) return !one.dirty;
    if (one.form.hasAttribute("data-stale")) return false; // a person has to choose first
    if (!one.dirty && one.clause && !extra.close && !extra.take) return true;
    if (!one.clause && !one.area.value.trim() && extra.autosave) return true;
    return send(one, extra);
  };
  one.saves = one.saves.then(turnOf, turnOf);
  return one.saves;
}
async function send(one, extra) {
  const text = one.area.value, facts = factState(one.form), isNew = !one.clause;
  say(words.saving);
  const answer = await ask(one.form.getAttribute("action"), bodyOf(one, isNew ? { mo: "1", ...extra } : extra));
  if (answer.outline) { linesStand(one, answer, one.lines ?? text); return true; }
  if (answer.kind === "ok") {
    const isUnsure = isNew && one.tried.size > 0; // it answers for the first of them
    one.tried.clear();
    saved(one, answer, text, facts, isNew);
    if (!isUnsure) return true;
    one.facts = null;
    return send(one, extra);
  }
  if (answer.kind === "stale" && one.tried.size) {
    const { base, version } = $("form", element(answer.form)).elements;
    const isOwn = one.tried.has(base.value.trim());
    one.tried.clear();
    if (isOwn) { Object.assign(one, { base: base.value, version: version.value }); return send(one, extra); }
  }
  if (answer.kind === "offline") one.tried.add(text.trim());
  if (answer.kind === "stale") { keepCopy(one); swap(one, answer); say(words.conflict, "late"); return false; }
  if (answer.kind === "invalid") {
    if (!extra.autosave) swap(one, answer);
    say(words.invalid, "late");
    return false;
  }
  keepCopy(one);
  say(answer.kind === "refused" ? `${words.refused} ${answer.reason}` : words[answer.kind], "late");
  if (answer.kind === "session") $("[data-save-state]", one.form).append(" ", loginLink());
  if (answer.kind === "offline") one.timer = setTimeout(() => desk.open === one && save(), RETRY);
  return false;
}
function saved(one, answer, text, facts, isNew) {
  if (isNew) settle(one, answer);
  one.version = answer.version;
  one.row = answer.row;
  one.sent = text; one.facts = facts;
  one.base = answer.text === undefined ? text : text && answer.text;
  one.dirty = one.area.value !== text || factState(one.form) !== facts;
  if (!one.dirty) dropCopy(one.key);
  if (one === desk.open) say(`${words.saved} ${answer.at ?? new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}`, "done");
  refreshPaper(one.clause);
}
// A new clause now stands on the server: from here on its form edits it.
function settle(one, answer) {
  dropCopy(one.key);
  one.clause = one.key = String(answer.clause);
  const form = answer.form && $("form", element(answer.form));
  one.item.dataset.clause = one.clause;
  one.item.id = `clause-${one.clause}`;
  one.item.classList.remove("is-new");
  one.form.setAttribute("action", form ? form.getAttribute("action") : $("a", element(answer.row)).getAttribute("href").split("#")[0]);
  one.form.removeAttribute("data-new");
  one.form.elements._once?.remove();
  if (!form) return; // it closes: its row comes in place of a form
  const tools = $(".clause-tools", form), saver = $("[data-save]", form);
  if (tools) $(".outline-form-end", one.form).append(tools);
  $("[data-save]", one.form).textContent = saver.textContent;
}
function loginLink() {
  const link = document.createElement("a");
  link.href = `/tai-khoan/login/?next=${encodeURIComponent(root.dataset.edit)}`;
  link.textContent = words.login;
  return link;
}
export function swap(one, answer) {
  const shown = document.createElement("template");
  shown.innerHTML = answer.form;
  const item = shown.content.firstElementChild, at = one.area.selectionStart;
  item.dataset.depth = one.item.dataset.depth;
  letGo(one);
  one.item.replaceWith(item);
  take(item);
  desk.open.area.setSelectionRange(at, at);
  all(".stale, .error-summary", item)[0]?.scrollIntoView({ block: "nearest" });
}
export async function shut({ focus = true } = {}) {
  const one = desk.open;
  if (!one) return true;
  if (!one.clause && !one.area.value.trim() && factState(one.form) === one.facts) {
    const near = one.item.previousElementSibling ?? one.item.nextElementSibling;
    dropCopy(one.key); letGo(one); one.item.remove();
    if (focus) focusRow(near);
    return true;
  }
  if (one.form.hasAttribute("data-stale")) return false;
  do { // until nothing was typed while the server was asked
    await one.saves;
    if ((one.dirty || !one.clause) && !(await save({ close: "1" }, one))) return false;
    if (one.isGone) return true;
    if (one.dirty || one.row) continue;
    const version = one.version, answer = await ask(`${one.form.getAttribute("action")}dong/`);
    if (answer.kind !== "ok") { say(words.offline, "late"); return false; }
    if (version === one.version) one.row = answer.row;
  } while (one.dirty || !one.row);
  const row = element(one.row);
  row.dataset.depth = one.item.dataset.depth;
  if (one.marks && row.children.length < 2) row.append(one.marks);
  letGo(one);
  one.item.replaceWith(row);
  beatSoon();
  if (focus) focusRow(row);
  return true;
}
export async function openClause(clause) {
  if (desk.open?.clause === String(clause)) return;
  if (!(await shut({ focus: false }))) return;
  const row = document.getElementById(`clause-${clause}`);
  const url = $("a", row ?? root)?.getAttribute("href").split("#")[0];
  const answer = row && await ask(url);
  if (answer?.kind === "offline") { toast(words.offline); return; }
  if (answer?.kind !== "ok") { if (row) location.assign(url); return; }
  const item = element(answer.form);
  item.dataset.depth = row.dataset.depth;
  const marks = row.querySelector(":scope > :not(.outline-link)");
  row.replaceWith(item);
  take(item);
  if (desk.open) desk.open.marks = marks;
  mark(clause, true);
}
export async function settleConflict(which) {
  const one = desk.open;
  const text = which === "theirs" ? one.base : one.form.elements[`text_${which}`].value;
  one.form.removeAttribute("data-stale");
  one.area.value = text;
  one.dirty = true;
  $(".stale", one.form)?.remove();
  grow(one.area);
  one.area.focus();
  await save({});
}
