// Keeps the look of the pages, and the public pages that were seen, for the time without network.
// Nothing that a page says is private ever comes in here: only answers marked public are kept.
const LOOK = `ksbb-look-${KSBB.version}`;
const SEEN = `ksbb-seen-${KSBB.version}`;
const MOST = 30;

const languageOf = (url) => (url.pathname.startsWith("/en/") ? "en" : "id");

addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(LOOK)
      .then((look) => look.addAll([...KSBB.files, ...Object.values(KSBB.offline)]))
      .then(() => skipWaiting()),
  );
});

addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith("ksbb-") && name !== LOOK && name !== SEEN)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => clients.claim()),
  );
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, request, url));
  else if (url.pathname.startsWith("/static/")) event.respondWith(file(request));
});

// A page comes from the network; only where there is none, from what was seen.
async function page(event, request, url) {
  try {
    const answer = await fetch(request);
    if (mayBeKept(answer)) event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    const seen = await (await caches.open(SEEN)).match(url.href);
    if (seen) return withNote(seen, languageOf(url));
    const offline = await (await caches.open(LOOK)).match(KSBB.offline[languageOf(url)]);
    return offline ?? Response.error();
  }
}

async function file(request) {
  const look = await caches.open(LOOK);
  const kept = await look.match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await look.put(request.url, answer.clone());
  return answer;
}

function mayBeKept(answer) {
  const rule = answer.headers.get("Cache-Control") ?? "";
  const type = answer.headers.get("Content-Type") ?? "";
  return (
    answer.status === 200 &&
    answer.type === "basic" &&
    !answer.redirected &&
    rule.startsWith("public") &&
    type.startsWith("text/html")
  );
}

// What was opened longest ago makes room.
async function keep(url, answer) {
  const seen = await caches.open(SEEN);
  await seen.delete(url.href);
  await seen.put(url.href, answer);
  const kept = await seen.keys();
  await Promise.all(kept.slice(0, Math.max(kept.length - MOST, 0)).map((one) => seen.delete(one)));
}

async function withNote(answer, language) {
  const text = await answer.text();
  const note = `<div class="note note--alarm" role="status"><p>${KSBB.notes[language]}</p></div>`;
  const headers = new Headers(answer.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response(text.replace(/(<main\b[^>]*>)/, `$1${note}`), { status: 200, headers });
}
