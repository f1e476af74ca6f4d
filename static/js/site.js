// Small comforts. Every page works without them.
"use strict";
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const KEPT = `kept:${document.body.dataset.person ?? ""}:`;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "_once", "version"]);

  // Keyboard: "/" goes to the search box, Escape closes an open menu.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details.menu[open]") ?? $("details.menu[open]");
      if (menu) { menu.open = false; $("summary", menu).focus(); }
    }
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = $("[data-search]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    }
  });

  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
    const opener = event.target.closest("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); dialog.showModal(); return; }
    const closer = event.target.closest("[data-close]");
    if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); return; }
    if (event.target.closest("[data-print]")) { window.print(); return; }
    event.target.closest("[data-dismiss]")?.closest(".toast")?.remove();
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy).then(() => toast(copy.dataset.done));
  });

  // Toasts
  function toast(text, tone = "info") {
    const place = $("#toasts");
    if (!place || !text) return;
    const box = document.createElement("div");
    box.className = "toast";
    box.dataset.tone = tone;
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
    place.append(box);
    leave(box);
  }
  function leave(box) {
    if (box.dataset.tone === "error" || box.dataset.tone === "late") return;
    setTimeout(() => { box.classList.add("toast-done"); setTimeout(() => box.remove(), 400); }, 8000);
  }
  for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
    document.addEventListener(event, () => toast($("#toasts")?.dataset.error, "error"));

  // Text areas grow with what is typed.
  function grow(area) {
    area.style.height = "auto";
    area.style.height = Math.min(area.scrollHeight + 2, window.innerHeight * 0.7) + "px";
  }

  // Drafts: a form with data-keep="key" survives a crash; it is forgotten once the server has it. On
  // a machine that several share each finds their own. What names a person stays out (data-unkept).
  const fields = (form) => [...form.elements].filter((field) => field.name && !SKIPPED.has(field.name)
    && !field.closest("[data-unkept]")
    && !["file", "password", "hidden", "submit", "button"].includes(field.type));
  const state = (form) => JSON.stringify(fields(form).map((field) =>
    [field.name, field.value, ["checkbox", "radio"].includes(field.type) ? field.checked : null]));
  function store(action) { try { return action(window.localStorage); } catch { return null; } }
  // What this tab has sent is asked of its own next page; other tabs know nothing of it.
  function tab(action) { try { return action(window.sessionStorage); } catch { return null; } }

  function keep(form) {
    const key = KEPT + form.dataset.keep;
    const first = state(form);
    const kept = store((box) => box.getItem(key));
    if ("keepShown" in form.dataset) store((box) => box.setItem(key, first));
    else if (kept === first) store((box) => box.removeItem(key));
    else if (kept && !$(".error-summary", form)) offer(form, kept, key);
    let timer = 0;
    const save = () => { clearTimeout(timer); timer = 0; store((box) => box.setItem(key, state(form))); };
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 400); });
    form.addEventListener("submit", () => { save(); if (!form.hasAttribute("hx-post")) tab((box) => box.setItem("sent", key)); });
    window.addEventListener("pagehide", () => { if (timer) save(); });
  }
  function offer(form, kept, key) {
    const template = $("#kept-draft");
    const words = template ? template.content.cloneNode(true) : null;
    if (!words) return;
    const notice = words.firstElementChild;
    $("[data-restore]", notice).addEventListener("click", () => {
      const values = JSON.parse(kept);
      fields(form).forEach((field, at) => {
        const found = values[at]?.[0] === field.name ? values[at] : values.find((row) => row[0] === field.name);
        if (!found) return;
        if (found[2] === null) field.value = found[1]; else field.checked = found[2];
        if (field.tagName === "TEXTAREA") grow(field);
      });
      form.dispatchEvent(new Event("input", { bubbles: true }));
      notice.remove();
    });
    $("[data-forget]", notice).addEventListener("click", () => {
      store((box) => box.removeItem(key));
      notice.remove();
    });
    form.prepend(notice);
  }
  // The page after a submit. A refusal or a failure keeps the draft; so does the same form shown
  // again, unless it now shows exactly the draft. Any other page means the server has the text.
  tab((box) => {
    const sent = box.getItem("sent");
    if (!sent) return;
    box.removeItem("sent");
    const again = all("form[data-keep]").some((form) => KEPT + form.dataset.keep === sent);
    if (!again && !document.body.classList.contains("failed")) store((kept) => kept.removeItem(sent));
  });

  // Whoever logs out leaves no list of people on the device; arrivals not sent yet stay.
  if (window.location.pathname.startsWith("/tai-khoan/log")) {
    store((box) => { for (const name of Object.keys(box)) if (/^door:\d+:(list|last)$/.test(name)) box.removeItem(name); });
    window.caches?.delete("door");
  }

  // Leaving with unsent changes asks once, where the form wishes so.
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-warn]").some((form) => form.dataset.first && form.dataset.first !== state(form)
      && !form.dataset.sending)) event.preventDefault();
  });

  // A question asked only after a certain answer hides until it is given; a hint says so without scripts.
  function follow(form) {
    const boxes = all("[data-shown-if]", form);
    const show = () => boxes.forEach((box) => {
      box.hidden = !all(`[name="${box.dataset.shownIf}"]`, form).some((field) => field.value === box.dataset.shownValue
        && (field.checked || !["checkbox", "radio"].includes(field.type)));
    });
    if (boxes.length) { form.addEventListener("input", show); show(); }
  }

  // A phone shows the headings of long parts; what waits for the reader stays open.
  function fold(root) {
    if (!window.matchMedia("(max-width: 40rem)").matches) return;
    const target = document.getElementById(window.location.hash.slice(1));
    for (const part of all("details[data-fold]", root))
      if (!$("[data-mine], .errors", part) && !part.contains(target)) part.open = false;
  }

  function start(root) {
    fold(root);
    for (const area of all("textarea", root)) { grow(area); area.addEventListener("input", () => grow(area)); }
    for (const form of all("form[data-keep]", root)) keep(form);
    for (const form of all("form", root)) follow(form);
    for (const form of all("form[data-warn]", root)) {
      form.dataset.first = state(form);
      form.addEventListener("submit", () => { form.dataset.sending = "1"; });
    }
    for (const button of all("[data-dismiss], [data-needs-script]", root)) button.hidden = false;
    for (const box of all(".toast", root)) leave(box);
    for (const step of all(".spine [aria-current]", root)) {
      const spine = step.closest(".spine");
      spine.scrollLeft = step.offsetLeft - (spine.clientWidth - step.offsetWidth) / 2;
    }
    $("[data-focus]", root)?.focus();
  }

  // One click, one act: the server checks it, the button shows it.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    setTimeout(() => { for (const button of all("button:not([type=button])", form)) button.disabled = true; });
  });
  window.addEventListener("pageshow", () => { for (const button of all("form button:disabled")) if (!button.hasAttribute("data-off")) button.disabled = false; });

  start(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) start(event.target); });
})();
