// What every part of the editor leans on: the page, its words, the clause that is open.
export const root = document.getElementById("workspace");
export const $ = (selector, from = document) => from.querySelector(selector);
export const all = (selector, from = document) => [...from.querySelectorAll(selector)];
export const words = JSON.parse(document.getElementById("editor-words")?.textContent ?? "{}");
// `open` is the clause being written: its form and what the server has of it.
export const desk = { open: null };
let line = Promise.resolve(); // acts follow each other, however fast the keys are
export const queue = (todo) => { line = line.then(todo).catch((error) => console.warn(error)); return line; };
export function button(text, act, style = "secondary") {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button small ${style}`;
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
}
export function element(html) {
  const shown = document.createElement("template");
  shown.innerHTML = html.trim();
  return shown.content.firstElementChild;
}
