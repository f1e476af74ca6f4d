// A long list to pick from by typing: `select[data-pick]` gets a box that finds without accents.
// The select stays the field of the form; once something is picked the event "pick" tells of it.
"use strict";
(() => {
  const MOST = 8;
  const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().replace(/\s+/g, " ").trim();

  function pickBox(select) {
    const box = document.createElement("input");
    const list = document.createElement("ul");
    const id = select.id;
    const options = [...select.options].map((one) => ({ value: one.value, text: one.text, folded: fold(one.text) }));
    let found = [], at = 0;
    Object.assign(box, { type: "text", autocomplete: "off", spellcheck: false, id });
    select.id = `${id}_list`;
    select.hidden = true;
    list.id = `${id}_found`;
    list.className = "pick-list";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" })) box.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid"]) if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
    list.setAttribute("role", "listbox");
    list.hidden = true;
    select.before(box, list);

    const show = () => { box.value = select.value ? select.selectedOptions[0]?.text ?? "" : ""; box.placeholder = options.find((one) => one.value === "")?.text ?? ""; };
    function close() { list.hidden = true; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); }
    function mark() {
      [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === at)));
      const row = list.children[at];
      if (row) { box.setAttribute("aria-activedescendant", row.id); row.scrollIntoView({ block: "nearest" }); }
    }
    function open(text) {
      const words = fold(text).split(" ").filter(Boolean);
      found = options.filter((one) => words.every((word) => one.folded.includes(word))).slice(0, words.length ? MOST : options.length);
      at = 0;
      list.replaceChildren(...found.map((one, place) => {
        const row = document.createElement("li");
        row.id = `${list.id}_${place}`;
        row.setAttribute("role", "option");
        row.textContent = one.text;
        row.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(one); });
        return row;
      }));
      list.hidden = !found.length;
      box.setAttribute("aria-expanded", String(Boolean(found.length)));
      mark();
    }
    function pick(one) {
      select.value = one.value;
      show();
      close();
      select.dispatchEvent(new CustomEvent("pick", { bubbles: true }));
    }
    box.addEventListener("focus", () => box.select());
    box.addEventListener("input", () => open(box.value));
    box.addEventListener("click", () => { if (list.hidden) open(""); });
    box.addEventListener("blur", () => { close(); if (!box.value.trim() && select.value) pick(options[0]); else show(); });
    box.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) open(""); else { at = (at + step + found.length) % found.length; mark(); }
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (!list.hidden && found[at]) pick(found[at]);
      } else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); show(); close(); }
    });
    select.form?.addEventListener("input", (event) => { if (event.target !== box) show(); });
    show();
  }
  const start = (root) => { for (const select of root.querySelectorAll("select[data-pick]:not([hidden])")) pickBox(select); };
  start(document);
  document.addEventListener("htmx:load", (event) => start(event.target));
})();
