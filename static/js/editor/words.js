// What the words mean, and lines pasted.
import { renew, toast, typedSince } from "./acts.js";
import { bodyOf, changed, save, say, shut } from "./clause.js";
import { dropCopy, offerWords } from "./copies.js";
import { $, all, desk, element, queue, root, words } from "./page.js";
import { ask, post } from "./server.js";

export async function look() {
  const one = desk.open;
  if (!one || one.form.hasAttribute("data-stale") || one.area.value.trim().length < 6) return;
  const answer = await ask(one.form.getAttribute("action"), lookBody(one, "show"));
  if (one === desk.open && answer.kind === "ok") $("[data-reading]", one.form).innerHTML = answer.reading;
}
function lookBody(one, how) {
  const body = new FormData(one.form);
  body.set("read", how);
  return body;
}
export async function accept() {
  const one = desk.open;
  const list = $("form[data-readings]");
  if (!one && list) { await acceptAll(list); return; }
  if (!one?.form.hasAttribute("data-reads")) return;
  const answer = await ask(one.form.getAttribute("action"), lookBody(one, "fill"));
  if (answer.kind !== "ok" || one !== desk.open) return;
  const filled = element(answer.form);
  const facts = $("[data-fact]", filled);
  if (facts) $("[data-fact]", one.form)?.replaceWith(facts);
  $("[data-reading]", one.form).replaceChildren(...$("[data-reading]", filled).childNodes);
  changed();
  save();
}
export async function offerReadings(made) {
  const place = document.getElementById("readings");
  if (!made) return;
  const answer = await ask(`${root.dataset.readings}?made=${made}`);
  if (answer.kind !== "ok") return;
  place.innerHTML = answer.panel;
  for (const hidden of all("[data-needs-script]", place)) hidden.hidden = false;
}
export async function acceptAll(form) {
  if (desk.open && !(await shut({ focus: false }))) return;
  const answer = await ask(form.action, new FormData(form));
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  document.getElementById("readings").replaceChildren();
  renew(answer);
  toast(answer.said, true);
}
// Several lines pasted: each becomes a clause of the same kind (a session keeps its lines).
export function pasted(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (!desk.open || event.target !== desk.open.area || lines.length < 2 || desk.open.kind === "session") return;
  event.preventDefault();
  desk.open.area.setRangeText(lines.join("\n"), desk.open.area.selectionStart, desk.open.area.selectionEnd, "end");
  changed();
  clearTimeout(desk.open.timer);
  queue(cutLines);
}
async function cutLines() {
  if (!desk.open) return;
  await desk.open.saves;
  const one = desk.open;
  if (!one) return;
  if (one.clause || one.tried.size) {
    if (!(await save()) || one.isGone) return;
    one.saves = one.saves.then(() => splitLines(one));
    await one.saves;
    return;
  }
  one.saves = one.saves.then(() => addLines(one)); // a save meanwhile waits for its turn
  await one.saves;
}
async function addLines(one) {
  const sent = one.area.value;
  const answer = await ask(one.form.getAttribute("action"), bodyOf(one, { lines: "1" }));
  if (answer.kind === "offline") { one.tried.add(sent.trim()); one.lines = sent; }
  if (answer.kind !== "ok") { say(words[answer.kind] ?? answer.reason ?? words.refused, "late"); return false; }
  linesStand(one, answer, sent);
  return true;
}
async function splitLines(one) {
  if (one.isGone) return;
  const sent = one.area.value;
  const answer = await post(`${one.form.getAttribute("action")}tach/`, { text: sent, version: one.version, base: one.base });
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  linesStand(one, answer, sent);
}
export function linesStand(one, answer, sent) {
  const [typed] = typedSince(sent, one.area.value);
  dropCopy(one.key);
  renew(answer);
  toast(words.pasted, true);
  if (typed.trim()) offerWords(one.kind, typed, `${root.dataset.add}?at=${answer.clause}&where=after&kind=${one.kind}`);
  offerReadings(answer.made);
}
