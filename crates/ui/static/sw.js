// Keeps the app's own files on the device, so that it opens at once and without a connection. What
// the server says about people passes by and is never kept.
const APP = "/{{app}}/";
const KEPT = "salus-{{app}}-";
const CACHE = KEPT + "{{version}}";
const FILES = [{{files}}];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)));
});

addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(KEPT) && name !== CACHE);
    await Promise.all(old.map((name) => caches.delete(name)));
    await clients.claim();
  };
  event.waitUntil(forget());
});

addEventListener("message", (event) => {
  if (event.data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // Every page of the app is the same file.
  const name = request.mode === "navigate" && pathname.startsWith(APP) ? APP : pathname;
  if (request.method !== "GET" || origin !== location.origin || !FILES.includes(name)) return;
  const answer = async () => {
    const cache = await caches.open(CACHE);
    return (await cache.match(name, { ignoreVary: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
