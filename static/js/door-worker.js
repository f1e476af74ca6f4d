// Opens the door page again while the network is away. It keeps the page without the list of people,
// its scripts and styles; nothing else of the site is touched.
"use strict";
const BOX = "door";
const PATIENCE = 4000;
const isDoor = (url) => /\/don-khach\/$/.test(url.pathname);
const isCode = (url) => /^\/v\/[^/]+\/$/.test(url.pathname);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil((async () => {
  const box = await caches.open(BOX);
  await Promise.all((event.data.keep ?? []).map(async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await box.put(address, answer);
  }));
})()));

// The network first, but not for ever: a hall's network may be there and lead nowhere.
function patiently(request, kept) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(kept.clone()), PATIENCE);
    fetch(request).then(
      (answer) => { clearTimeout(timer); resolve(answer.status >= 502 ? kept.clone() : answer); },
      () => { clearTimeout(timer); resolve(kept.clone()); },
    );
  });
}

async function open(request, url) {
  const box = await caches.open(BOX);
  if (isCode(url)) {
    // The door that was opened last on this device.
    const door = (await box.keys()).filter((one) => isDoor(new URL(one.url))).pop();
    if (!door) return fetch(request);
    const code = url.pathname.split("/")[2];
    return patiently(request, Response.redirect(`${new URL(door.url).pathname}?ma=${code}`, 302));
  }
  const kept = await box.match(url.pathname);
  return kept ? patiently(request, kept) : fetch(request);
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate" && (isDoor(url) || isCode(url))) event.respondWith(open(event.request, url));
  else if (url.pathname.startsWith("/static/"))
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(event.request)) ?? Response.error()));
});
