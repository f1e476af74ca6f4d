// The editor of official papers: saves by itself, keeps what is typed on this machine, works by keyboard.
// Every act is also a link or a form of the page, which works without this file.
const root = document.getElementById("workspace");
const $ = (selector, from = document) => from.querySelector(selector);
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const words = JSON.parse(document.getElementById("editor-words")?.textContent ?? "{}");
const PAUSE = 1500, LOOK = 500, BEAT = 20000, RETRY = 8000;
let open = null; // the clause being written: its form and what the server has of it
let line = Promise.resolve(); // acts follow each other, however fast the keys are
const queue = (todo) => { line = line.then(todo).catch((error) => console.warn(error)); return line; };

// --- the server -----------------------------------------------------------------------------------
async function ask(url, body) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (body) Object.assign(options, { method: "POST", body });
  let answer;
  try { answer = await fetch(url, options); } catch { return { kind: "offline" }; }
  if (new URL(answer.url).pathname.startsWith("/tai-khoan/")) return { kind: "session", url: answer.url };
  if (!(answer.headers.get("Content-Type") ?? "").includes("json")) {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const reason = page.querySelector("main .notice p")?.textContent.trim() ?? words.failed;
    return { kind: answer.status >= 500 ? "offline" : "refused", reason };
  }
  const data = await answer.json();
  const kinds = { 409: "stale", 422: "invalid" };
  return { kind: kinds[answer.status] ?? (answer.ok ? "ok" : "refused"), ...data };
}
function post(url, values = {}) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", root).value);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return ask(url, body);
}

// --- what is kept on this machine -------------------------------------------------------------------
const keyOf = (clause) => `editor:${root.dataset.person}:${root.dataset.document}:${clause}`;
function store(act) { try { return act(window.localStorage); } catch { return null; } }
function keepCopy(one) {
  const copy = { text: one.area.value, version: one.version, base: one.base, url: one.form.getAttribute("action"), at: Date.now() };
  store((box) => box.setItem(keyOf(one.key), JSON.stringify(copy)));
}
const dropCopy = (key) => store((box) => box.removeItem(keyOf(key)));
function offerCopies() {
  const place = document.getElementById("kept");
  const prefix = keyOf("");
  for (const name of store((box) => Object.keys(box)) ?? []) {
    if (!name.startsWith(prefix)) continue;
    const key = name.slice(prefix.length);
    const copy = JSON.parse(store((box) => box.getItem(name)) ?? "null");
    const shown = open?.key === key ? open.area.value : null;
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
  if (!open) return;
  open.area.value = copy.text;
  if (!key.startsWith("new")) { open.version = copy.version; open.base = copy.base; }
  changed();
  save();
}
function button(text, act, style = "secondary") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button small ${style}`;
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}

// --- one clause open --------------------------------------------------------------------------------
const factState = (form) => JSON.stringify([...new FormData(form)].filter(([name]) => name.startsWith("fact-")));
function take(item, { focus = true } = {}) {
  const form = $("form[data-editor]", item);
  if (!form) return;
  const area = form.elements.text;
  const clause = item.dataset.clause ?? null;
  const key = clause ?? `new-${form.dataset.kind}`;
  open = { item, form, area, clause, key, kind: form.dataset.kind, version: form.elements.version.value,
    base: form.elements.base.value, facts: factState(form), sent: area.value, saves: Promise.resolve(true), timer: 0, looker: 0 };
  open.dirty = form.hasAttribute("data-stale");
  for (const hidden of all("[data-needs-script]", item)) hidden.hidden = false;
  grow(area);
  if (focus) { area.focus({ preventScroll: true }); area.setSelectionRange(area.value.length, area.value.length); item.scrollIntoView({ block: "nearest" }); }
  beatSoon();
}
function grow(area) {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, window.innerHeight * 0.6)}px`;
}
function say(text, tone = "") {
  const place = open && $("[data-save-state]", open.form);
  if (place) { place.textContent = text; place.dataset.tone = tone; }
}
function changed() {
  if (!open) return;
  open.dirty = open.area.value !== open.sent || factState(open.form) !== open.facts;
  keepCopy(open);
  if (!open.form.hasAttribute("data-stale")) {
    say(words.waiting);
    clearTimeout(open.timer);
    open.timer = setTimeout(() => save(), PAUSE);
  }
  if (open.form.hasAttribute("data-reads")) {
    clearTimeout(open.looker);
    open.looker = setTimeout(look, LOOK);
  }
}
function bodyOf(one, extra) {
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
function save(extra = { autosave: "1" }, one = open) {
  if (!one) return Promise.resolve(true);
  clearTimeout(one.timer);
  const turnOf = () => {
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
  if (answer.kind === "ok") return saved(one, answer, text, facts, isNew);
  if (answer.kind === "stale") { keepCopy(one); swap(one, answer); say(words.conflict, "late"); return false; }
  if (answer.kind === "invalid") {
    if (!extra.autosave) swap(one, answer);
    say(words.invalid, "late");
    return false;
  }
  keepCopy(one);
  say(answer.kind === "refused" ? `${words.refused} ${answer.reason}` : words[answer.kind], "late");
  if (answer.kind === "session") $("[data-save-state]", one.form).append(" ", loginLink());
  if (answer.kind === "offline") one.timer = setTimeout(() => open === one && save(), RETRY);
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
  if (one === open) say(`${words.saved} ${answer.at ?? new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" })}`, "done");
  refreshPaper(one.clause);
  return true;
}
// A new clause now stands on the server: from here on its form edits it.
function settle(one, answer) {
  dropCopy(one.key);
  if (!answer.form) return;
  const shown = document.createElement("template");
  shown.innerHTML = answer.form;
  const item = shown.content.firstElementChild, form = $("form", item);
  one.clause = one.key = item.dataset.clause;
  one.item.dataset.clause = item.dataset.clause;
  one.item.id = item.id;
  one.item.classList.remove("is-new");
  one.form.setAttribute("action", form.getAttribute("action"));
  one.form.removeAttribute("data-new");
  const once = one.form.elements._once;
  if (once) once.remove();
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
function swap(one, answer) {
  const shown = document.createElement("template");
  shown.innerHTML = answer.form;
  const item = shown.content.firstElementChild, at = one.area.selectionStart;
  item.dataset.depth = one.item.dataset.depth;
  one.item.replaceWith(item);
  take(item);
  open.area.setSelectionRange(at, at);
  all(".stale, .error-summary", item)[0]?.scrollIntoView({ block: "nearest" });
}
async function shut({ focus = true } = {}) {
  const one = open;
  if (!one) return true;
  if (!one.clause && !one.area.value.trim() && factState(one.form) === one.facts) {
    const near = one.item.previousElementSibling ?? one.item.nextElementSibling;
    dropCopy(one.key); one.item.remove(); open = null;
    if (focus) focusRow(near);
    return true;
  }
  if (one.form.hasAttribute("data-stale")) return false;
  await one.saves;
  if (one.dirty || !one.clause) { if (!(await save({ close: "1" }))) return false; }
  if (!one.row) {
    const answer = await fetch(`${one.form.getAttribute("action")}dong/`, { credentials: "same-origin" }).catch(() => null);
    one.row = answer?.ok && !answer.redirected ? await answer.text() : null;
  }
  if (!one.row) { say(words.offline, "late"); return false; }
  const row = element(one.row);
  row.dataset.depth = one.item.dataset.depth;
  one.item.replaceWith(row);
  open = null;
  beatSoon();
  if (focus) focusRow(row);
  return true;
}
function element(html) {
  const shown = document.createElement("template");
  shown.innerHTML = html.trim();
  return shown.content.firstElementChild;
}
async function openClause(clause) {
  if (open?.clause === String(clause)) return;
  if (!(await shut({ focus: false }))) return;
  const row = document.getElementById(`clause-${clause}`);
  const url = $("a", row ?? root)?.getAttribute("href").split("#")[0];
  const answer = row && await ask(url);
  if (answer?.kind !== "ok") { if (row) location.assign(url); return; }
  const item = element(answer.form);
  item.dataset.depth = row.dataset.depth;
  row.replaceWith(item);
  take(item);
  mark(clause, true);
}

// --- adding -----------------------------------------------------------------------------------------
async function openNew(url, after, stand = null) {
  const place = after ?? open?.item ?? null;
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
  if (stand) stand.before(item);
  else if (!at || !above) list.append(item);
  else lastBelow(above, query.get("where") === "inside" ? depth : depth).after(item);
  if ($("[data-choices]", item)) {
    for (const hidden of all("[data-needs-script]", item)) hidden.hidden = false;
    $("a[data-kind-choice]", item)?.focus();
    item.scrollIntoView({ block: "nearest" });
  } else take(item, { focus: !stand });
}
function lastBelow(row, depth) {
  let last = row;
  while (last.nextElementSibling && Number(last.nextElementSibling.dataset.depth) > depth) last = last.nextElementSibling;
  return last;
}
// Whoever types on while the next form is fetched types into a box that stands in for it.
function addSame() {
  const one = open;
  if (!one?.form.isConnected || one.form.hasAttribute("data-stale")) return;
  if (!one.area.value.trim() && factState(one.form) === one.facts && !one.clause) return;
  const stand = document.createElement("li"), box = document.createElement("textarea");
  stand.className = "outline-open is-new";
  stand.dataset.depth = one.item.dataset.depth;
  stand.append(box);
  lastBelow(one.item, Number(one.item.dataset.depth)).after(stand);
  box.focus({ preventScroll: true });
  queue(async () => {
    const isSaved = await save({}, one);
    if (isSaved) await openNew(`${root.dataset.add}?at=${one.clause}&where=after&kind=${one.kind}`, null, stand);
    const typed = box.value;
    stand.remove();
    if (!open) return;
    open.area.focus({ preventScroll: true });
    if (typed) { open.area.setRangeText(open === one ? `\n${typed}` : typed, open.area.value.length, open.area.value.length, "end"); changed(); }
  });
}

// --- moving, joining, cutting, taking out, undoing ----------------------------------------------------
async function act(name, row) {
  if (!row?.isConnected) return;
  const clause = row.dataset.clause;
  const isOpen = open?.clause === clause;
  const at = isOpen ? open.area.selectionStart : 0;
  if (isOpen && !(await save())) return;
  if (!clause) return;
  const url = isOpen ? open.form.getAttribute("action") : $("a", row).getAttribute("href").split("#")[0];
  const values = isOpen ? { mo: "1" } : {};
  let path = `${url}chuyen/`;
  if (name === "merge") path = `${url}gop/`;
  else if (name === "remove") { path = `${url}xoa/`; delete values.mo; }
  else if (name === "split") {
    path = `${url}tach/`;
    Object.assign(values, { text: open.area.value, version: open.version, base: open.base });
    if (at > 0 && at < open.area.value.length) values.at = [...open.area.value.slice(0, at)].length;
  } else values.direction = name;
  const before = name === "merge" && row.previousElementSibling ? null : at;
  const answer = await post(path, values);
  if (answer.kind === "stale") { swap(open, answer); return; }
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind] ?? words.failed); return; }
  renew(answer, { at: name === "split" ? 0 : before });
  if (["remove", "merge", "split"].includes(name)) toast(answer.said, true);
  if (name === "split") offerReadings(answer.made);
}
function renew(answer, { at = null } = {}) {
  const wasOpen = open;
  open = null;
  document.getElementById("outline").innerHTML = answer.outline;
  if (wasOpen && !wasOpen.dirty) dropCopy(wasOpen.key);
  const item = answer.clause && document.getElementById(`clause-${answer.clause}`);
  if (item && $("form[data-editor]", item)) {
    take(item);
    if (at !== null) open.area.setSelectionRange(at, at);
  } else focusRow(item || $(".outline > li", root));
  refreshPaper(answer.clause);
}
async function turn(which) {
  if (open && !(await shut({ focus: false }))) return;
  const answer = await post($(`form[data-turn=${which}]`).action);
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  renew(answer);
  toast(answer.said);
}
function toast(text, canUndo = false) {
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

// --- what the words mean ------------------------------------------------------------------------------
async function look() {
  const one = open;
  if (!one || one.form.hasAttribute("data-stale") || one.area.value.trim().length < 6) return;
  const answer = await ask(one.form.getAttribute("action"), lookBody(one, "show"));
  if (one === open && answer.kind === "ok") $("[data-reading]", one.form).innerHTML = answer.reading;
}
function lookBody(one, how) {
  const body = new FormData(one.form);
  body.set("read", how);
  return body;
}
async function accept() {
  const one = open;
  const list = $("form[data-readings]");
  if (!one && list) { await acceptAll(list); return; }
  if (!one?.form.hasAttribute("data-reads")) return;
  const answer = await ask(one.form.getAttribute("action"), lookBody(one, "fill"));
  if (answer.kind !== "ok" || one !== open) return;
  const filled = element(answer.form);
  const facts = $("[data-fact]", filled);
  if (facts) $("[data-fact]", one.form)?.replaceWith(facts);
  $("[data-reading]", one.form).replaceChildren(...$("[data-reading]", filled).childNodes);
  changed();
  save();
}
async function offerReadings(made) {
  const place = document.getElementById("readings");
  if (!made) return;
  const answer = await ask(`${root.dataset.readings}?made=${made}`);
  if (answer.kind !== "ok") return;
  place.innerHTML = answer.panel;
  for (const hidden of all("[data-needs-script]", place)) hidden.hidden = false;
}
async function acceptAll(form) {
  if (open && !(await shut({ focus: false }))) return;
  const answer = await ask(form.action, new FormData(form));
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  document.getElementById("readings").replaceChildren();
  renew(answer);
  toast(answer.said, true);
}
// Several lines pasted: each becomes a clause of the same kind (a session keeps its lines).
function pasted(event) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (!open || event.target !== open.area || lines.length < 2 || open.kind === "session") return;
  event.preventDefault();
  open.area.setRangeText(lines.join("\n"), open.area.selectionStart, open.area.selectionEnd, "end");
  changed();
  clearTimeout(open.timer);
  queue(cutLines);
}
async function cutLines() {
  if (!open) return;
  await open.saves;
  if (open.clause) { await save(); if (open && !open.dirty) await splitLines(); return; }
  const one = open, body = bodyOf(one, { lines: "1" });
  clearTimeout(one.timer);
  const answer = await ask(one.form.getAttribute("action"), body);
  if (answer.kind !== "ok") { say(words[answer.kind] ?? answer.reason ?? words.refused, "late"); return; }
  dropCopy(one.key);
  renew(answer);
  toast(words.pasted, true);
  offerReadings(answer.made);
}
async function splitLines() {
  const one = open;
  const answer = await post(`${one.form.getAttribute("action")}tach/`, { text: one.area.value, version: one.version, base: one.base });
  if (answer.kind !== "ok") { toast(answer.reason ?? words[answer.kind]); return; }
  renew(answer);
  toast(words.pasted, true);
  offerReadings(answer.made);
}

// --- the paper ------------------------------------------------------------------------------------------
let paperTimer = 0, paperClause = null;
const frame = () => $("#paper iframe");
function refreshPaper(clause) {
  paperClause = clause ?? paperClause;
  document.body.dispatchEvent(new Event("clauses-saved"));
  clearTimeout(paperTimer);
  if (frame()?.offsetParent) paperTimer = setTimeout(drawPaper, 350);
}
async function drawPaper() {
  const answer = await fetch(root.dataset.preview, { credentials: "same-origin" }).catch(() => null);
  const inside = frame()?.contentDocument;
  if (!answer?.ok || answer.redirected || !inside?.body) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const top = inside.scrollingElement?.scrollTop ?? 0;
  inside.body.replaceChildren(...page.body.childNodes);
  if (inside.scrollingElement) inside.scrollingElement.scrollTop = top;
  mark(paperClause, false);
}
function mark(clause, isFollowed) {
  const inside = frame()?.contentDocument;
  for (const old of all(".is-edited", inside ?? document)) { old.classList.remove("is-edited"); old.style.boxShadow = ""; }
  const place = clause && inside?.querySelector(`[data-clause~="${clause}"]`);
  if (!place) return;
  place.classList.add("is-edited");
  place.style.boxShadow = "-6px 0 0 #b8862b";
  const { top, bottom } = place.getBoundingClientRect();
  const height = inside.documentElement.clientHeight;
  if (isFollowed || top < 0 || bottom > height) inside.scrollingElement.scrollTop += top - height / 3;
}

// --- who else is here -------------------------------------------------------------------------------------
let beater = 0;
function beatSoon() { clearTimeout(beater); beater = setTimeout(beat, 2000); }
async function beat() {
  clearTimeout(beater);
  beater = setTimeout(beat, BEAT);
  if (document.hidden) return;
  const answer = await post(root.dataset.presence, { clause: open?.clause ?? "" });
  if (answer.kind !== "ok") return;
  for (const old of all(".outline-person", root)) old.remove();
  for (const { clause, name } of answer.others) {
    const row = document.getElementById(`clause-${clause}`);
    const label = document.createElement("span");
    label.className = "outline-person";
    label.textContent = `${name} ${words.editing}`;
    (row && ($(".outline-form-head", row) ?? $("a", row)))?.append(label);
  }
}

// --- keys -------------------------------------------------------------------------------------------------
const rows = () => all(".outline > li[data-clause]", root);
function focusRow(row) {
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
  const { key, ctrlKey, metaKey, altKey } = event, area = open.area, isCommand = ctrlKey || metaKey;
  if (event.target.tagName === "SELECT" && altKey) return null;
  if (key === "Enter" && isCommand) return addSame;
  if (key === "Enter" && altKey) return () => act("split", open.item);
  if (key.toLowerCase() === "s" && isCommand && !altKey) return () => save({});
  if (event.code === "KeyN" && altKey && !ctrlKey) return accept;
  if (key === "Escape") return () => shut();
  const isAtStart = event.target === area && area.selectionStart === 0 && area.selectionEnd === 0;
  if (key === "Backspace" && isAtStart && !event.repeat && open.clause && open.item.previousElementSibling) return () => act("merge", open.item);
  const name = move(event);
  return name && (() => act(name, open.item));
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
  if (open && open.form.contains(event.target)) {
    todo = isField || event.key === "Escape" || event.altKey ? typing(event) : typing(event) ?? walking(event);
  } else if ($("[data-choices]") && !isField) todo = choosingKey(event) ?? (event.ctrlKey ? walking(event) : null);
  else if (!isField && place) todo = walking(event);
  if (!todo) return;
  event.preventDefault();
  if (todo === addSame) todo();
  else queue(todo);
});

// --- the mouse --------------------------------------------------------------------------------------------
root.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target.closest("a");
  const go = (todo) => { event.preventDefault(); queue(todo); };
  if (link?.matches("#outline .outline-link")) return go(() => openClause(link.closest("li").dataset.clause));
  if (link?.matches("[data-kind-choice], [data-add-last], [data-act=add]")) return go(() => openNew(link.getAttribute("href").split("#")[0], link.closest("li[data-depth]")));
  if (link?.matches("[data-shut]") && open?.form.hasAttribute("data-stale")) { keepCopy(open); open.dirty = false; return; }
  if (link?.matches("[data-shut]")) return go(() => (open ? shut() : $("#them")?.remove()));
  if (link?.matches("[data-shut-readings]")) return go(() => document.getElementById("readings").replaceChildren());
  const tool = event.target.closest("button[data-act]");
  if (tool && open) return go(() => (tool.dataset.act === "read" ? accept() : act(tool.dataset.act, open.item)));
  if (event.target.closest("[data-reading] button[data-accept]")) return go(accept);
  const chosen = event.target.closest("button[data-take]");
  if (chosen && open) return go(() => settleConflict(chosen.value));
});
async function settleConflict(which) {
  const one = open;
  const text = which === "theirs" ? one.base : one.form.elements[`text_${which}`].value;
  one.form.removeAttribute("data-stale");
  one.area.value = text;
  one.dirty = true;
  $(".stale", one.form)?.remove();
  grow(one.area);
  one.area.focus();
  await save({});
}
root.addEventListener("submit", (event) => {
  const form = event.target;
  const turned = form.dataset.turn;
  if (turned) { event.preventDefault(); queue(() => turn(turned)); return; }
  if (form.matches("[data-readings]")) { event.preventDefault(); queue(() => acceptAll(form)); return; }
  if (!open || form !== open.form) return;
  event.preventDefault();
  open.form.removeAttribute("data-stale");
  open.dirty = true;
  queue(() => shut());
}, true);
root.addEventListener("input", (event) => { if (open && open.form.contains(event.target)) { if (event.target === open.area) grow(open.area); changed(); } });
root.addEventListener("change", (event) => { if (open && open.form.contains(event.target)) changed(); });
root.addEventListener("paste", pasted);
window.addEventListener("online", () => save());
document.addEventListener("visibilitychange", () => { if (document.hidden) save(); else beatSoon(); });
window.addEventListener("beforeunload", (event) => { if (open?.dirty) { keepCopy(open); save(); event.preventDefault(); } });

const shown = $(".outline-open", root);
if (shown) take(shown);
frame()?.addEventListener("load", () => mark(open?.clause ?? $(".outline-row[aria-current]", root)?.dataset.clause, true));
offerCopies();
if (!open && $("[data-choices]", root)) $("a[data-kind-choice]", root)?.focus();
else if (!open) focusRow($(".outline-row[aria-current]", root));
beatSoon();
