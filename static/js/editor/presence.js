// Who else is here.
import { $, all, desk, root, words } from "./page.js";
import { post } from "./server.js";

const BEAT = 20000;
let beater = 0;
export function beatSoon() { clearTimeout(beater); beater = setTimeout(beat, 2000); }
async function beat() {
  clearTimeout(beater);
  beater = setTimeout(beat, BEAT);
  if (document.hidden) return;
  const answer = await post(root.dataset.presence, { clause: desk.open?.clause ?? "" });
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
