// Screens of the hall: one small question a second, clocks the browser counts itself, keys of the console.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const place = $("[data-hall]");
  // Asked anew after PATIENCE, and at the latest 1.4 s later: right again within 5 s of the network.
  const QUIET = 10000, PATIENCE = 2500;
  let offset = null, heard = Date.now();

  // What the server's clock says: a laptop whose clock is wrong shows the same countdown. The header
  // tells whole seconds, so the answers are averaged towards each other.
  function learn(answer, asked) {
    const said = Date.parse(answer.headers.get("Date"));
    if (Number.isNaN(said)) return;
    const found = said + 500 - (asked + Date.now()) / 2;
    offset = offset === null || Math.abs(found - offset) > 2000 ? found : offset * .8 + found * .2;
  }
  const now = () => Date.now() + (offset ?? 0);

  function tick() {
    for (const box of all("[data-ends]")) {
      const left = Math.ceil((box.dataset.ends * 1000 - now()) / 1000);
      const most = Math.abs(left);
      box.textContent = (left < 0 ? "−" : "") + Math.floor(most / 60) + ":" + String(most % 60).padStart(2, "0");
      if (left < 0) box.dataset.tone = "late"; else if (left <= 30) box.dataset.tone = "soon"; else delete box.dataset.tone;
    }
    for (const box of all("[data-since]")) {
      const minutes = Math.max(0, Math.floor((now() / 1000 - box.dataset.since) / 60));
      $("[data-elapsed]", box).textContent = minutes;
      const isOver = minutes >= Number(box.dataset.minutes);
      $("[data-over]", box).hidden = !isOver;
      if (isOver) box.dataset.tone = "late"; else delete box.dataset.tone;
    }
    for (const box of all("[data-offline]")) box.hidden = Date.now() - heard < QUIET;
  }

  const pulse = () => (place.dataset.into ? place : $("[data-pulse]"))?.dataset.pulse ?? "";

  async function ask() {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const asked = Date.now();
    try {
      const answer = await fetch(`${place.dataset.hall}?da-co=${pulse()}`,
        { signal: stop.signal, cache: "no-store", credentials: "omit" });
      if (!answer.ok) return;
      const words = answer.status === 200 ? await answer.text() : null;
      heard = Date.now();
      learn(answer, asked);
      if (words !== null) show(words, answer.headers.get("Pulse"));
    } catch { /* The network is away: the next question comes in a second. */
    } finally { clearTimeout(timer); }
  }
  function show(words, newest) {
    if (place.dataset.into) {
      document.getElementById(place.dataset.into).innerHTML = words;
      place.dataset.pulse = newest;
      tick();
      fit();
    } else if (!isActing()) window.htmx?.trigger($("[data-pulse]"), "pulse");
  }
  // Long names, a long question and a message at once: everything shrinks until the last line is seen.
  function fit() {
    const screen = document.body;
    if (!screen.classList.contains("hall-screen")) return;
    for (let size = 100; size >= 40; size -= 4) {
      screen.style.setProperty("--fit", size / 100);
      if (screen.scrollHeight <= window.innerHeight) break;
    }
  }
  // While a press is on its way nothing is drawn over its button: its own answer shows what is new,
  // and a key pressed meanwhile acts on that.
  const isActing = () => Boolean($(".console form.htmx-request"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.requestConfig.elt.hasAttribute("data-pulse") && isActing()) event.detail.shouldSwap = false;
  });
  function afterwards(act) {
    const pressed = Date.now();
    document.addEventListener("htmx:afterSettle", () => { if (Date.now() - pressed < PATIENCE) act(); }, { once: true });
  }
  let waiting;
  async function poll() {
    clearTimeout(waiting);
    await ask();
    clearTimeout(waiting);
    waiting = setTimeout(poll, 1000 + Math.random() * 400);
  }
  if (place) {
    setInterval(tick, 250);
    fit();
    window.addEventListener("resize", fit);
    poll();
    window.addEventListener("online", poll);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
  }

  // A second screen or a tablet that goes dark helps nobody.
  async function stayAwake() {
    try { if (!document.hidden) await navigator.wakeLock?.request("screen"); } catch { /* the device decides */ }
  }
  if (place) { stayAwake(); document.addEventListener("visibilitychange", stayAwake); }

  const full = $("[data-full]");
  if (full && document.fullscreenEnabled) {
    full.hidden = false;
    full.addEventListener("click", () => document.documentElement.requestFullscreen());
    document.addEventListener("fullscreenchange", () => { full.hidden = Boolean(document.fullscreenElement); });
  }

  // Keys: by their place on the keyboard, so that a Vietnamese input method does not matter.
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
    const form = $("form[data-send-keys]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
    if (document.querySelector("dialog[open], details.menu[open]")) return;
    if (field) { if (event.key === "Escape" && !event.isComposing && field.closest(".console")) field.blur(); return; }
    const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
    if (number && form) {
      const choice = all("input[name=outcome]", form)[number[1] - 1];
      if (choice) { event.preventDefault(); choice.checked = true; choice.focus(); }
      return;
    }
    const code = event.code;
    const target = $(`[data-key="${CSS.escape(code)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.dataset.keyFocus) $(target.dataset.keyFocus)?.focus();
    else if (isActing()) afterwards(() => $(`[data-key="${CSS.escape(code)}"]`)?.click());
    else target.click();
  });
  // A new speaker is who raises the next matter, as long as nobody has typed anything.
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const queue = event.detail.target?.id === "queue-part" ? document.getElementById("queue-part") : null;
    const form = $("form[data-send-keys]");
    if (!queue || !form || form.elements.question.value !== form.elements.question.defaultValue) return;
    for (const [name, word] of [["raised_by", queue.dataset.speaker], ["raised_body", queue.dataset.body]]) {
      const field = form.elements[name];
      if (field.value === field.defaultValue) { field.value = word; field.defaultValue = word; }
    }
  });
  // After an exchange is written the next one begins at its first field.
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const id = event.detail.target?.id;
    if (id === "exchange-new" || id === "queue-add") setTimeout(() => {
      const fresh = document.getElementById(id);
      ($(".errors", fresh)?.closest(".field") ?? fresh)?.querySelector("select, input:not([type=hidden]), textarea")?.focus();
    });
  });
  // What is typed while the picked matter's form is fetched goes into that form; so does who speaks,
  // whose name is not for an address.
  const SPEAKER = ["raised_by", "raised_body"];
  const typed = () => new Map(all("#exchange-new :is(textarea, input[type=text])").filter((field) => field.name).map((field) => [field.name, field.value]));
  let before = null, since = new Map(), at = null;
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.elt.matches("#exchange-new [hx-get]")) before = typed(); });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target?.id !== "exchange-new" || !before) return;
    since = new Map([...typed()].filter(([name, words]) => (SPEAKER.includes(name) ? words : words !== before.get(name))));
    at = document.activeElement?.name;
    before = null;
  });
  // The picked matter's form: on to the first thing that is not known yet; if all is, to the outcome.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "exchange-new") return;
    const carried = since;
    since = new Map();
    for (const [name, words] of carried) {
      const field = $("form[data-send-keys]")?.elements[name];
      if (field) field.value = words;
    }
    setTimeout(() => {
      const form = $("form[data-send-keys]");
      if (carried.has(at)) { form?.elements[at]?.focus(); return; }
      const blank = ["raised_by", "question"].map((name) => form?.elements[name]).find((field) => field && !field.value);
      (blank ?? $("input[name=outcome]:checked", form ?? document))?.focus();
    });
  });

  // The agenda's order: drag by the grip, or Alt and an arrow.
  const list = $("[data-order]");
  const order = $("#order-form");
  function send() {
    order.elements.order.value = all("[data-item]", list).map((row) => row.dataset.item).join(",");
    order.submit();
  }
  if (list && order) {
    let dragged = null;
    list.addEventListener("dragstart", (event) => {
      dragged = event.target.closest("[data-item]");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.dataset.item);
      dragged.classList.add("is-dragged");
    });
    list.addEventListener("dragover", (event) => {
      const over = event.target.closest("[data-item]");
      if (!dragged || !over) return;
      event.preventDefault();
      const box = over.getBoundingClientRect();
      over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
    });
    list.addEventListener("drop", (event) => { event.preventDefault(); });
    list.addEventListener("dragend", () => { if (dragged) { dragged.classList.remove("is-dragged"); dragged = null; send(); } });
    list.addEventListener("keydown", (event) => {
      const row = event.target.closest("[data-grip]") && event.target.closest("[data-item]");
      const way = { ArrowUp: row?.previousElementSibling, ArrowDown: row?.nextElementSibling }[event.key];
      if (!row || !event.altKey || !way) return;
      event.preventDefault();
      way[event.key === "ArrowUp" ? "before" : "after"](row);
      send();
    });
  }
})();
