// Takes the app's files off the device again and stands down: from then on the server is asked for
// every file. It is served in place of the other worker where keeping files is switched off.
addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const forget = async () => {
    const names = await caches.keys();
    const kept = names.filter((name) => name.startsWith("salus-{{app}}-"));
    await Promise.all(kept.map((name) => caches.delete(name)));
    await registration.unregister();
  };
  event.waitUntil(forget());
});
