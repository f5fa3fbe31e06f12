// Shows on the page for no network what was seen last: the pages, and the last list itself.
const language = document.documentElement.lang;
const isOurs = (path) => path.startsWith("/en/") === (language === "en");

const names = (await caches.keys()).filter((name) => name.startsWith("ksbb-seen-"));
const pages = [];
for (const name of names) {
  const seen = await caches.open(name);
  for (const request of (await seen.keys()).reverse()) {
    const url = new URL(request.url);
    if (!isOurs(url.pathname)) continue;
    const text = await (await seen.match(request)).text();
    pages.push({ url, text: new DOMParser().parseFromString(text, "text/html") });
  }
}

const momentOf = (page) => page.text.querySelector(".asof")?.textContent.trim() ?? "";

const seen = document.querySelector("#seen");
const items = document.createElement("ul");
seen.append(items);
for (const page of pages) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = page.url.pathname + page.url.search;
  link.textContent = page.text.title;
  item.append(link, momentOf(page) ? ` (${momentOf(page)})` : "");
  items.append(item);
}
seen.hidden = pages.length === 0;

// The form of a list has no use without network; its results have.
const list = pages.find((page) => page.text.querySelector("section[aria-labelledby=results]"));
if (list) {
  const last = document.querySelector("#last");
  const results = list.text.querySelector("section[aria-labelledby=results]");
  results.querySelectorAll("nav, form, script, .button").forEach((part) => part.remove());
  last.append(...[...list.text.querySelectorAll("svg.weave")], ...results.childNodes);
  last.hidden = false;
}
