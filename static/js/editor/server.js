// Asking the server, and saying what it answers.
import { $, root, words } from "./page.js";

export async function ask(url, body) {
  const options = { headers: { Accept: "application/json" }, credentials: "same-origin" };
  if (body) Object.assign(options, { method: "POST", body });
  try { return await read(await fetch(url, options)); } catch { return { kind: "offline" }; } // no answer, or half of one
}
async function read(answer) {
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
export function post(url, values = {}) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]", root).value);
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return ask(url, body);
}
