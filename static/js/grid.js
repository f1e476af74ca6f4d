// Many slips by the keyboard alone; what is typed stays on this device until the server has it.
"use strict";
(() => {
  const form = () => document.querySelector("#grid");
  const key = `grid:${document.body.dataset.person}:${form().dataset.grid}`;
  const store = (act) => { try { return act(window.localStorage); } catch { return null; } };
  const says = (words) => { form().querySelector(".grid-says").textContent = words ?? ""; };
  const rows = () => [...form().querySelectorAll("tbody tr")];
  const cells = (row) => [...row.querySelectorAll("[data-column]")];

  // --- the keyboard -------------------------------------------------------------------------------
  function addRow() {
    const all = rows(), last = all[all.length - 1];
    if (all.length >= Number(form().dataset.most)) return null;
    const row = last.cloneNode(true);
    for (const error of row.querySelectorAll(".field-error")) error.remove();
    row.classList.remove("is-wrong");
    row.querySelector("th").textContent = all.length + 1;
    for (const cell of cells(row)) {
      cell.name = cell.name.replace(/^row-\d+/, `row-${all.length}`);
      cell.id = `id_${cell.name}`;
      for (const name of ["aria-invalid", "aria-describedby"]) cell.removeAttribute(name);
      cell.style.height = "";
      if (cell.type === "checkbox") cell.checked = false;
      else if (cell.tagName === "SELECT") cell.value = cell.dataset.column === "kind" ? cells(last).find((one) => one.dataset.column === "kind").value : "";
      else cell.value = cell.dataset.column === "supporters" ? "1" : "";
    }
    last.after(row);
    form().elements.rows.value = all.length + 1;
    return row;
  }
  function next(cell) {
    const row = cell.closest("tr"), own = cells(row), at = own.indexOf(cell);
    if (at + 1 < own.length) return own[at + 1];
    const below = row.nextElementSibling ?? addRow();
    return below && cells(below)[0];
  }
  function likeAbove(cell) {
    const row = cell.closest("tr"), above = row.previousElementSibling;
    const same = above && cells(above)[cells(row).indexOf(cell)];
    if (!same) return;
    if (cell.type === "checkbox") cell.checked = same.checked; else cell.value = same.value;
    keep();
    next(cell)?.focus();
  }
  document.addEventListener("keydown", (event) => {
    const cell = event.target.closest?.("#grid [data-column]");
    if (!cell) return;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.isComposing) {
      event.preventDefault();
      next(cell)?.focus();
    } else if (event.key === "Tab" && !event.shiftKey && !cell.closest("tr").nextElementSibling && cells(cell.closest("tr")).at(-1) === cell && cells(cell.closest("tr")).some((one) => one.dataset.column === "text" && one.value)) {
      const target = next(cell);
      if (target) { event.preventDefault(); target.focus(); }
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      likeAbove(cell);
    }
  });

  // --- what is kept -------------------------------------------------------------------------------
  const skipped = new Set(["csrfmiddlewaretoken", "more"]);
  function typed() {
    return [...form().elements].filter((one) => one.name && !skipped.has(one.name) && one.type !== "submit")
      .map((one) => [one.name, one.type === "checkbox" ? one.checked : one.value]);
  }
  const isWords = (cell) => /^(text|full_name|phone|q-)/.test(cell.dataset.column);
  const hasWords = () => rows().some((row) => cells(row).some((one) => isWords(one) && one.value.trim()));
  function keep(isSent = false) {
    if (!hasWords()) return;
    store((box) => box.setItem(key, JSON.stringify({ isSent, typed: typed() })));
    form().querySelector("[data-forget]").hidden = false;
  }
  function forget() {
    store((box) => box.removeItem(key));
    form().querySelector("[data-forget]").hidden = true;
  }
  function restore() {
    const kept = JSON.parse(store((box) => box.getItem(key)) ?? "null");
    if (!kept || hasWords()) return kept;
    const values = new Map(kept.typed);
    fill(values);
    form().querySelector("[data-forget]").hidden = false;
    says(form().dataset.kept);
    return kept;
  }
  function fill(values) {
    while (rows().length < Number(values.get("rows"))) if (!addRow()) break;
    for (const [name, value] of values) {
      const field = form().elements[name];
      if (!field) continue;
      if (field.type === "checkbox") field.checked = value; else field.value = value;
    }
  }
  // Rows begun while the others were on their way are kept for the page that comes.
  function keepLater(sent) {
    const isBegun = (one, value) => isWords(one) && Boolean(value?.trim());
    const later = rows().filter((row) => cells(row).some((one) => isBegun(one, one.value)) && !cells(row).some((one) => isBegun(one, sent.get(one.name))));
    const names = new Set(["rows", ...later.flatMap(cells).map((one) => one.name)]);
    if (later.length) store((box) => box.setItem(key, JSON.stringify({ isSent: false, typed: typed().filter(([name]) => names.has(name)) })));
  }
  let timer;
  document.addEventListener("input", (event) => {
    if (!event.target.closest("#grid")) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 200);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#grid [data-forget]")) { forget(); window.location.reload(); }
  });

  // --- sending, once ------------------------------------------------------------------------------
  let isBusy = false, isWaiting = false;
  async function send() {
    if (isBusy) return;
    isBusy = true;
    isWaiting = true;
    clearTimeout(timer);
    keep(true);
    says(form().dataset.sending);
    const sent = new Map(typed());
    try {
      // The form's own token makes it once, however often it is sent.
      const answer = await fetch(window.location.pathname, { method: "POST", body: new FormData(form()) });
      if (answer.status >= 500) says(form().dataset.failed);
      else if (answer.redirected && new URL(answer.url).searchParams.has("done")) {
        isWaiting = false;
        clearTimeout(timer);
        forget();
        keepLater(sent);
        form().inert = true;
        window.location.assign(answer.url);
      } else if (answer.redirected) { isWaiting = false; says(form().dataset.login); }
      else show(await answer.text(), sent);
    } catch {
      says(form().dataset.waiting);
    } finally {
      isBusy = false;
    }
  }
  function show(html, sent) {
    isWaiting = false;
    const page = new DOMParser().parseFromString(html, "text/html");
    const again = page.querySelector("#grid");
    if (!again) { says(page.querySelector("main")?.textContent.trim().slice(0, 300)); return; }
    const since = typed().filter(([name, value]) => sent.get(name) !== value);
    form().replaceWith(document.adoptNode(again));
    fill(new Map(since));
    keep();
    (form().querySelector("tbody .is-wrong [data-column]") ?? form().querySelector("[data-column]")).focus();
  }
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "grid" || event.submitter?.name === "more") return;
    event.preventDefault();
    send();
  });
  window.addEventListener("online", () => { if (isWaiting) send(); });
  setInterval(() => { if (isWaiting && navigator.onLine) send(); }, 15000);

  const kept = restore();
  if (kept?.isSent) send();
})();
