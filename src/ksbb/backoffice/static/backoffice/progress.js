// Brings the progress of a file up to date. Without this script the link on the page does it.
const EVERY = 2000;

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  const text = answer?.ok ? await answer.text() : "";
  const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("progress");
  const shown = document.getElementById("progress");
  if (text && !fresh) {
    location.reload();
    return;
  }
  // The focus stays where it is: only the words and the bar are renewed.
  for (const part of ["p", "progress"]) {
    const [old, now] = [shown.querySelector(part), fresh?.querySelector(part)];
    if (!now) continue;
    old.textContent = now.textContent;
    if (part === "progress" && now.hasAttribute("value")) old.value = now.value;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
