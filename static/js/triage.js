// Keys of the sorting desk. The page works without them: every key presses a button that is there.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const form = document.querySelector("#desk-form");
  const isTyping = (place) => place.closest?.("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit], [type=button])");

  function press(target) {
    if (target.matches("select")) { target.focus(); return; }
    target.click();
    if (target.matches("input")) target.focus();
  }

  // By the key's place on the keyboard (code), not by what a Vietnamese input method makes of it.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open], details.menu[open]")) return;
    const place = event.target;
    if (isTyping(place)) {
      const isDone = event.key === "Escape" || (event.key === "Enter" && place.matches("select"));
      if (isDone && !event.isComposing && place.closest(".desk")) { event.preventDefault(); place.blur(); }
      return;
    }
    if (event.isComposing && event.code === "") return;
    if (event.code === "Slash" && event.shiftKey) {
      event.preventDefault();
      document.querySelector("[data-key-help]")?.showModal();
      return;
    }
    if (event.shiftKey) return;
    const code = event.code.replace("Numpad", "Digit");
    const target = all(`[data-key="${CSS.escape(code)}"]`).find((one) => !one.disabled && one.offsetParent !== null);
    if (!target) return;
    event.preventDefault();
    press(target);
  });

  // The suggestion follows the field; without a script the server looks it up when the form is sent.
  const field = form?.elements.field;
  function follow() {
    const hints = all("[data-hint]");
    const known = hints.find((one) => one.dataset.hint === field.value);
    for (const one of hints) one.hidden = known ? one !== known : one.dataset.hint !== "";
    const accept = form.querySelector("[data-needs-hint]");
    accept.disabled = !known;
    accept.toggleAttribute("data-off", !known);
  }
  if (field) { field.addEventListener("change", follow); follow(); }
})();
