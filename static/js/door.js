// The door of a hall. Whoever comes is written down on this device first and sent when there is a
// network; each act has a key of its own, so the server has it once however often it is sent.
"use strict";
(() => {
  const door = document.querySelector("#door");
  if (!door) return;
  const part = (name) => document.getElementById(`door-${name}`);
  const words = JSON.parse(part("words").textContent);
  const word = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");
  const key = (name) => `door:${door.dataset.conference}:${name}`;
  const BATCH = 100, EVERY = 4000, SHOWN = 30, DAY = 24 * 3600 * 1000, JUMP = 60 * 1000;

  // --- what is kept on the device -------------------------------------------------------------------
  const memory = new Map(); // where a browser refuses to keep anything, the open page still does
  function get(name, otherwise) {
    try { return JSON.parse(localStorage.getItem(key(name))) ?? otherwise; } catch { return memory.get(name) ?? otherwise; }
  }
  function set(name, value) {
    memory.set(name, value);
    try { localStorage.setItem(key(name), JSON.stringify(value)); } catch { /* memory has it */ }
  }
  function drop(name) {
    memory.delete(name);
    try { localStorage.removeItem(key(name)); } catch { /* nothing is kept */ }
  }
  function dropOld() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (!/^door:\d+:list$/.test(name)) continue;
        if ((JSON.parse(localStorage.getItem(name))?.ends ?? 0) + DAY < Date.now()) localStorage.removeItem(name);
      }
    } catch { /* nothing is kept */ }
  }
  const queue = () => get("queue", []);
  let list = get("list", null), etag = "", csrf = "", folded = new Map();

  // --- the clock ------------------------------------------------------------------------------------
  let heard = null; // when the server last told its time
  function hear(now) { heard = { offset: now - Date.now(), wall: Date.now(), mono: performance.now() }; }
  function offset() {
    if (!heard) return null;
    const jumped = Date.now() - heard.wall - (performance.now() - heard.mono);
    return Math.abs(jumped) > JUMP ? null : heard.offset;
  }
  const clock = (at) => new Date(at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh" });
  const now = () => Date.now() + (offset() ?? 0);

  // --- people ---------------------------------------------------------------------------------------
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();
  const where = (one) => [one.post, one.body].filter(Boolean).join(" · ");
  function take(fresh) {
    list = fresh;
    folded = new Map((list?.people ?? []).map((one) => [one.code, fold([one.name, one.post, one.body, one.seat].join(" "))]));
  }
  // Who is in, as the server said and as this device has not told it yet.
  function arrivals() {
    const came = new Map();
    for (const one of list?.people ?? []) if (one.came) came.set(one.code, one.came);
    for (const act of queue()) {
      if (act.undoes) { for (const [code, one] of came) if (one.key === act.undoes) came.delete(code); }
      else if (act.code && !came.has(act.code)) came.set(act.code, { key: act.key, name: act.name, at: act.at + (act.offset ?? 0), desk: act.desk, who: "" });
    }
    return came;
  }
  function matches(text) {
    const tokens = fold(text).split(" ").filter(Boolean);
    return (list?.people ?? []).filter((one) => tokens.every((token) => folded.get(one.code).includes(token)));
  }

  // --- codes (core/codes.py) ------------------------------------------------------------------------
  const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const plain = (text) => text.toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0").replace(/Đ/g, "D").replace(/[^0-9A-Z]/g, "");
  function isWellCopied(code) {
    let total = 0;
    [...code.slice(0, -1)].reverse().forEach((letter, place) => {
      const value = ALPHABET.indexOf(letter) * (2 - (place % 2));
      total += Math.floor(value / 32) + (value % 32);
    });
    return code.length === 10 && [...code].every((letter) => ALPHABET.includes(letter)) && ALPHABET[(32 - (total % 32)) % 32] === code[9];
  }
  function codeIn(text) {
    const scanned = text.match(/\/v\/([^/?#\s]+)/);
    const code = plain(scanned ? scanned[1] : text);
    return scanned || (code.length === 10 && !/\s/.test(text.trim()) && (/\d/.test(code) || isWellCopied(code))) ? code : "";
  }

  // --- acts -----------------------------------------------------------------------------------------
  const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) => (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
  function write(act) {
    const whole = { key: uuid(), at: Date.now(), offset: offset(), desk: part("desk").value.trim().slice(0, 30), code: "", name: "", body: "", ...act };
    set("queue", [...queue(), whole]);
    if (!act.undoes) set("last", [{ key: whole.key, code: whole.code, name: whole.name, body: whole.body, at: now() }, ...get("last", [])].slice(0, 8));
    draw();
    flush();
    return whole;
  }
  function letIn(person) {
    const came = arrivals().get(person.code);
    if (came) { again(person.name, came); return; }
    const lines = [where(person), person.seat && word("seat", { seat: person.seat })];
    if (person.for) lines.push(word("standsFor", { name: person.for }));
    let tone = "done";
    if (person.answer === "no") { lines.push(word("saidNo")); tone = "soon"; }
    if (person.by) {
      const other = list.people.find((one) => one.for === person.name && one.name === person.by);
      lines.push(word(other && arrivals().has(other.code) ? "otherIsIn" : "sentOther", { name: person.by }));
      tone = "soon";
    }
    const act = write({ code: person.code, name: person.name, body: person.body });
    tell(tone, person.name, [word("arrived", { at: clock(now()) }), ...lines], act.key);
  }
  function again(name, came) {
    const values = { name, at: clock(came.at), desk: came.desk || word("doorName"), who: came.who || word("doorName") };
    tell("soon", word("again", values), [word("againMore", values)]);
  }
  function undo(standing, name) {
    write({ undoes: standing, name });
    tell("quiet", word("undone", { name }), []);
  }
  function byCode(code) {
    const person = (list?.people ?? []).find((one) => one.code === code);
    if (person) letIn(person);
    else if (!isWellCopied(code)) tell("late", word("badCode"), []);
    else if (isAway || !list) tell("late", word("unknown"), []);
    else { write({ code }); tell("quiet", word("asking"), []); }
  }

  // --- the network ----------------------------------------------------------------------------------
  let isBusy = false, isAway = !navigator.onLine, isOut = false;
  async function ask(address, options = {}) {
    try {
      const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(15000), ...options });
      isAway = answer.status >= 500;
      isOut = answer.redirected;
      return isAway || isOut ? null : answer;
    } catch { isAway = true; return null; }
  }
  async function refresh() {
    const answer = await ask(door.dataset.people, { headers: etag ? { "If-None-Match": etag } : {} });
    if (!answer || answer.status !== 200) return;
    const fresh = await answer.json();
    hear(fresh.now);
    csrf = fresh.csrf;
    etag = answer.headers.get("ETag") ?? "";
    take({ people: fresh.people, others: fresh.others, numbers: fresh.numbers, state: fresh.state, ends: Number(door.dataset.ends) });
    if (["closed", "cancelled"].includes(list.state) && !queue().length) drop("list"); else set("list", list);
  }
  async function send() {
    while (queue().length) {
      const acts = queue().slice(0, BATCH);
      const answer = await ask(door.dataset.send, {
        method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
        body: JSON.stringify({ now: Date.now(), acts }),
      });
      if (!answer?.ok) { etag = ""; return; } // the list brings a fresh token with it
      const said = await answer.json();
      hear(said.now);
      const told = new Map(said.told.map((one) => [one.key, one]));
      set("queue", queue().filter((act) => !told.has(act.key)));
      const news = acts.filter((act) => told.has(act.key)).map((act) => hearOf(act, told.get(act.key))).filter(Boolean);
      if (news.length === 1) tell(...news[0]);
      else if (news.length) tell(news.some(([tone]) => tone === "late") ? "late" : "soon", word("toldLater", { n: news.length }), news.map(([, name, lines]) => `${name}: ${lines.join(" ")}`));
      if (!acts.some((act) => told.has(act.key))) return;
    }
  }
  // What the door must know of an act that the server did not take as it was written.
  function hearOf(act, told) {
    if (told.outcome === "refused") {
      set("last", get("last", []).filter((one) => one.key !== act.key));
      return ["late", word("refused", { name: act.name || act.code }), [told.sentence]];
    }
    if (told.sentence) return ["soon", act.name || act.code, [told.sentence]];
    if (told.outcome === "arrived" && act.code && !act.name) waitsForName = act;
    return null;
  }
  let waitsForName = null; // somebody the office added after this device took its list
  async function flush() {
    if (isBusy) return;
    isBusy = true;
    try {
      if (!csrf) await refresh();
      if (csrf) await send();
      await refresh();
      const person = waitsForName && list?.people.find((one) => one.code === waitsForName.code);
      if (person) tell("done", person.name, [word("arrived", { at: clock(now()) }), where(person)], waitsForName.key);
      waitsForName = null;
    } catch { isAway = true; // something else than the server answered
    } finally { isBusy = false; draw(); }
    if (queue().length && !isAway && !isOut && navigator.onLine) setTimeout(flush, 1000);
  }

  // --- what is seen ---------------------------------------------------------------------------------
  function element(name, text, className) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function button(text, act, label, className = "button small secondary") {
    const made = element("button", text, className);
    made.type = "button";
    if (label) made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }
  function tell(tone, title, lines, undoable) {
    const box = part("says");
    box.replaceChildren(element("strong", title), ...lines.filter(Boolean).map((line) => element("p", line)));
    box.dataset.tone = tone;
    if (undoable) {
      const line = element("div", "", "actions");
      line.append(button(word("undo"), () => undo(undoable, title)));
      box.append(line);
    }
    box.scrollIntoView({ block: "nearest" });
    if (tone !== "done" && tone !== "quiet") navigator.vibrate?.(200);
  }
  function row(name, lines, act, isIn) {
    const made = element("li", "", isIn ? "is-in" : "");
    const who = element("div", "", "who");
    who.append(element("b", name), ...lines.filter(Boolean).map((line) => element("span", line)));
    made.append(who, act);
    return made;
  }
  function personRow(one, came) {
    const answer = { no: word("no"), yes: word("yes"), substitute: word("substitute") }[one.answer];
    const lines = [where(one), [one.group, one.seat && word("seat", { seat: one.seat }), one.for && word("standsFor", { name: one.for }), answer].filter(Boolean).join(" · ")];
    if (!came) return row(one.name, lines, button(word("come"), () => { letIn(one); clear(false); }, `${word("come")}: ${one.name}`, "button"), false);
    const line = `${word("in", { at: clock(came.at) })} · ${came.desk || word("doorName")}`;
    return row(one.name, [lines[0], line], button(word("undo"), () => undo(came.key, one.name), `${word("undo")}: ${one.name}`), true);
  }
  function drawRows(came) {
    const text = part("q").value;
    const found = text.trim() && !codeIn(text) ? matches(text) : [];
    found.sort((a, b) => came.has(a.code) - came.has(b.code));
    part("rows").replaceChildren(...found.slice(0, SHOWN).map((one) => personRow(one, came.get(one.code))));
    const isUnknown = text.trim() && !codeIn(text) && list && !found.length;
    part("hint").textContent = isUnknown ? word("nobody") : found.length > SHOWN ? word("more", { n: found.length - SHOWN }) : found.length > 1 ? word("several", { n: found.length }) : "";
  }
  function drawLast(came) {
    const standing = new Map([...came.values(), ...(list?.others ?? [])].map((one) => [one.key, one]));
    const gone = new Set(queue().map((act) => act.undoes).filter(Boolean)), waiting = new Set(queue().map((act) => act.key));
    const kept = get("last", []).filter((one) => one.name && !gone.has(one.key) && (standing.has(one.key) || waiting.has(one.key)));
    part("last").parentElement.hidden = !kept.length;
    part("last").replaceChildren(...kept.map((one) => row(one.name, [one.body, [clock(one.at), one.code ? "" : word("stranger")].filter(Boolean).join(" · ")], button(word("undo"), () => undo(one.key, one.name), `${word("undo")}: ${one.name}`), true)));
  }
  function drawNumbers(came) {
    const pending = queue(), others = (list?.others.length ?? 0) + pending.filter((act) => !act.code && !act.undoes).length;
    part("present").textContent = list ? came.size : "–";
    part("invited").textContent = list?.numbers.invited ?? "–";
    part("walkins").textContent = others;
    const seats = list?.numbers.seats, inHall = came.size + others;
    const says = !seats ? "" : inHall >= seats ? word("full", { n: inHall, seats }) : list.numbers.invited > seats ? word("fewSeats", { n: list.numbers.invited, seats }) : "";
    part("seats").textContent = says;
    part("seats").hidden = !says;
    part("seats").dataset.tone = inHall >= (seats ?? Infinity) ? "late" : "soon";
  }
  function drawNet() {
    const n = queue().length, net = part("net");
    const over = ["closed", "cancelled"].includes(list?.state);
    const [tone, text] = isOut ? ["late", word("logIn", { n })] : isAway ? ["soon", list ? word("offline", { n }) : word("noList")]
      : n ? ["info", word("waiting", { n })] : over ? ["quiet", word("over")] : list ? ["done", word("sent")] : ["quiet", net.textContent];
    if (net.textContent !== text) net.textContent = text;
    net.dataset.tone = tone;
  }
  function draw() {
    const came = arrivals();
    drawRows(came);
    drawLast(came);
    drawNumbers(came);
    drawNet();
  }
  // The box is ready for the next one, but a finger does not call the keyboard up.
  function clear(isTyping = true) { part("q").value = ""; draw(); if (isTyping) part("q").focus(); }

  // --- hands ----------------------------------------------------------------------------------------
  part("q").addEventListener("input", () => drawRows(arrivals()));
  part("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = part("q").value, code = codeIn(text);
    if (code) { byCode(code); clear(); return; }
    const found = text.trim() ? matches(text) : [];
    if (found.length === 1) { letIn(found[0]); clear(); return; }
    if (!found.length && text.trim()) { part("name").value = text.trim(); part("body").focus(); }
  });
  part("walkin").addEventListener("submit", (event) => {
    event.preventDefault();
    const name = part("name").value.replace(/\s+/g, " ").trim(), body = part("body").value.replace(/\s+/g, " ").trim();
    if (!name) { part("name").focus(); return; }
    const act = write({ name, body });
    tell("done", name, [word("arrivedWalkIn", { at: clock(now()) }), body], act.key);
    part("name").value = part("body").value = "";
    clear(false);
  });
  try { part("desk").value = localStorage.getItem("door:desk") || part("desk").value; } catch { /* nothing is kept */ }
  part("desk").addEventListener("change", () => { try { localStorage.setItem("door:desk", part("desk").value); } catch { /* nothing is kept */ } });

  // --- the camera, where the browser reads codes itself ---------------------------------------------
  let stream = null, seen = { code: "", at: 0 };
  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    part("video").hidden = true;
    part("scan").querySelector("span").textContent = word("scan");
  }
  async function look(detector) {
    while (stream) {
      const found = await detector.detect(part("video")).catch(() => []);
      const code = found.length ? codeIn(found[0].rawValue) || plain(found[0].rawValue) : "";
      if (code && (code !== seen.code || Date.now() - seen.at > 4000)) byCode(code);
      if (code) seen = { code, at: Date.now() };
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  }
  async function scan() {
    if (stream) { stop(); return; }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      part("video").srcObject = stream;
      part("video").hidden = false;
      part("scan").querySelector("span").textContent = word("stop");
      await part("video").play();
      look(new window.BarcodeDetector({ formats: ["qr_code"] }));
    } catch { stop(); tell("soon", word("noCamera"), []); }
  }
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    part("scan").hidden = false;
    part("scan").addEventListener("click", scan);
  }

  // --- beginning ------------------------------------------------------------------------------------
  async function keepPage() {
    const workers = navigator.serviceWorker;
    if (!workers) return;
    await workers.register(door.dataset.worker, { scope: "/" });
    const own = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")].map((one) => one.href || one.src);
    (await workers.ready).active.postMessage({ keep: [window.location.pathname, ...own] });
  }
  dropOld();
  if (list) take(list);
  draw();
  const asked = new URLSearchParams(window.location.search).get("ma");
  if (asked) window.history.replaceState(null, "", window.location.pathname);
  // A code scanned with the phone's camera opens the door of its own conference: whoever has received
  // people at another door today is asked first.
  function standHere() { try { localStorage.setItem("door:here", JSON.stringify({ conference: door.dataset.conference, path: window.location.pathname, at: Date.now() })); } catch { /* nothing is kept */ } }
  function otherDoor() {
    try {
      const here = JSON.parse(localStorage.getItem("door:here"));
      return here && here.conference !== door.dataset.conference && Date.now() - here.at < DAY / 2 ? here : null;
    } catch { return null; }
  }
  function askWhere(other, code) {
    tell("late", word("otherHall", { title: door.dataset.title }), [word("nothingWritten")]);
    const line = element("div", "", "actions"), back = element("a", word("backToDoor"), "button");
    back.href = other.path;
    line.append(back, button(word("hereIndeed"), () => { standHere(); byCode(code); }));
    part("says").append(line);
  }
  const other = asked && otherDoor();
  if (!other) standHere();
  flush().then(() => { if (other) askWhere(other, plain(asked)); else if (asked) byCode(plain(asked)); });
  window.addEventListener("online", () => { isAway = false; flush(); });
  window.addEventListener("offline", () => { isAway = true; drawNet(); });
  setInterval(() => { if (!document.hidden || queue().length) flush(); }, EVERY);
  keepPage().catch(() => {});
})();
