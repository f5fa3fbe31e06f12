// Address and table follow the map; both come from the same page as without JavaScript.

const atlas = document.querySelector("#atlas");
const FOLLOWING = ["map-head", "map-table"];
let latest = 0;

export async function follow(query, { keep }) {
  const address = `${atlas.dataset.page}?${query}`;
  history[keep ? "pushState" : "replaceState"](null, "", address);
  const turn = ++latest;
  const text = await read(address);
  // A slow answer to an earlier move is not shown any more.
  if (text === null || turn !== latest) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const id of FOLLOWING) {
    const now = fresh.getElementById(id);
    if (now) document.getElementById(id).replaceChildren(...now.childNodes);
  }
  const area = fresh.querySelector("#id_wilayah");
  const chosen = area.value;
  document.querySelector("#id_wilayah").replaceChildren(...area.childNodes);
  document.querySelector("#id_wilayah").value = chosen;
  document.querySelector("#map-as-of").textContent = document.querySelector("#map-table .asof").textContent;
  document.title = fresh.title;
}

// Without network the table stays as it was; the map says so itself.
async function read(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
