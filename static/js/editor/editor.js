// The editor of official papers: saves by itself, keeps what is typed on this machine, works by keyboard.
// Every act is also a link or a form of the page, which works without these files.
import { take } from "./clause.js";
import { offerCopies } from "./copies.js";
import { focusRow } from "./keys.js";
import { $, desk, root } from "./page.js";
import { frame, mark } from "./paper.js";
import { beatSoon } from "./presence.js";
import "./drag.js";
import "./keys.js";
import "./mouse.js";

const shown = $(".outline-open", root);
if (shown) take(shown);
frame()?.addEventListener("load", () => mark(desk.open?.clause ?? $(".outline-row[aria-current]", root)?.dataset.clause, true));
offerCopies();
if (!desk.open && $("[data-choices]", root)) $("a[data-kind-choice]", root)?.focus();
else if (!desk.open) focusRow($(".outline-row[aria-current]", root));
beatSoon();
