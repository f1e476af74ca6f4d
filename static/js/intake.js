// The source and the result of a reading move together; what is unsure is stepped through.
const form = document.querySelector("#intake");
const lines = form.querySelector(".intake-lines");
const pieces = [...form.querySelectorAll(".intake-piece")];
const unsure = [...form.querySelectorAll(".intake-result [data-certainty]")].filter((one) => one.dataset.certainty !== "sure");

function link(number, from) {
  for (const one of form.querySelectorAll(".is-linked")) one.classList.remove("is-linked");
  for (const one of form.querySelectorAll(`[data-line="${number}"]`)) one.classList.add("is-linked");
  const line = lines.querySelector(`[data-line="${number}"]`);
  if (!line || lines.contains(from)) return;
  const top = line.offsetTop - lines.offsetTop;
  const isSeen = top >= lines.scrollTop && top + line.offsetHeight <= lines.scrollTop + lines.clientHeight;
  if (!isSeen) lines.scrollTop = top - lines.clientHeight / 3;
}

function follow(event) {
  const found = event.target.closest("[data-line]");
  if (found) link(found.dataset.line, found);
}
form.addEventListener("pointerover", follow);
form.addEventListener("focusin", follow);

// A click on a line of the source goes to what was made of it.
lines.addEventListener("click", (event) => {
  const line = event.target.closest("[data-line]");
  const piece = line && pieces.find((one) => one.dataset.line === line.dataset.line);
  if (piece && !getSelection().toString()) { event.preventDefault(); show(piece); }
});

let at = -1;
function show(piece) {
  piece.scrollIntoView({ block: "center" });
  const box = piece.querySelector("input[type=checkbox]") || piece;
  if (box === piece) piece.tabIndex = -1;
  box.focus({ preventScroll: true });
  if (piece.dataset.line) link(piece.dataset.line, piece);
}
form.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]");
  if (!step || !unsure.length) return;
  at = (at + Number(step.dataset.step) + unsure.length) % unsure.length;
  show(unsure[at]);
  form.querySelector("[data-place]").textContent = ` · ${at + 1}/${unsure.length}`;
});

// What stands under a piece is taken and left with it.
form.addEventListener("change", (event) => {
  const piece = event.target.closest(".intake-piece");
  if (!piece || !event.target.name.endsWith("-take")) return;
  const changed = new Set([piece.id]);
  for (const one of pieces) {
    if (!changed.has(one.dataset.parent)) continue;
    changed.add(one.id);
    one.querySelector(".intake-take input").checked = event.target.checked;
  }
});
