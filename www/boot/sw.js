// The service worker of app.html. It keeps that page's files, in one cache for
// each build, and leaves all other pages of the folder alone.

const CACHE = `zice-${ZICE_BUILD}`;
const FILES = JSON.parse(ZICE_FILES);
const addresses = new Set(FILES.map((name) => new URL(name, self.location.href).href));

self.addEventListener("install", (event) => {
  // Bypass the browser's cache: it may hold an old version of a file without a
  // hash in its name.
  const fresh = FILES.map((name) => new Request(name, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => Promise.all(names.filter((name) => name.startsWith("zice-") && name !== CACHE).map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const [address] = request.url.split(/[?#]/);
  if (request.method !== "GET" || !addresses.has(address)) return;
  event.respondWith(caches.open(CACHE)
    .then((cache) => cache.match(address))
    .then((kept) => kept || fetch(request)));
});

self.addEventListener("message", ({ data }) => {
  if (data === "update") self.skipWaiting();
});
