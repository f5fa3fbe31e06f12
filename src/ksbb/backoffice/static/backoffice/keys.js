// Single keys for what is done a hundred times a day. Everything works without them; the page
// says which there are (?), and there they are switched off, for this browser.
const KEPT = "ksbb-keys";
const help = document.getElementById("keys");
let are_on = localStorage.getItem(KEPT) !== "off";

const typing = (element) =>
  element.closest("textarea, select, [contenteditable], input:not([type=checkbox])");

const rows = () => [...document.querySelectorAll(".inbox > li")];
const current = () => rows().findIndex((row) => row.contains(document.activeElement));
const box_of = (row) => row?.querySelector("input[name=pilih]");

function walk(steps) {
  const all = rows();
  if (!all.length) return;
  const from = current();
  const to = from < 0 ? 0 : Math.min(Math.max(from + steps, 0), all.length - 1);
  all[to].querySelector(".what a").focus();
}

function choose() {
  const box = box_of(rows()[current()]);
  if (box) box.checked = !box.checked;
}

function press(key) {
  const goal = document.querySelector(`main [data-key="${key}"]`);
  if (!goal) return false;
  const form = goal.form?.id === "choosing" ? goal.form : null;
  // In the list a decision without a choice means the row one stands on.
  if (form && !document.querySelector("input[name=pilih]:checked")) {
    const box = box_of(rows()[current()]);
    if (!box) return true;
    box.checked = true;
  }
  goal.click();
  if (goal.matches("summary")) {
    const details = goal.parentElement;
    details.open = true;
    details.querySelector("textarea, input:not([type=hidden])")?.focus();
  }
  return true;
}

function show_help() {
  const title = help.querySelector("h2");
  help.querySelector("details").open = true;
  title.scrollIntoView();
  title.focus();
}

function say() {
  const state = document.getElementById("keys-state");
  const button = document.getElementById("keys-switch");
  state.textContent = are_on ? state.dataset.on : state.dataset.off;
  button.textContent = are_on ? button.dataset.off : button.dataset.on;
}

function heard(event) {
  if (!are_on || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.isComposing || typing(event.target)) return;
  if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "x") choose();
  else if (event.key === "?") show_help();
  else if (!"vrtnu".includes(event.key) || event.key.length > 1 || !press(event.key)) return;
  event.preventDefault();
}

if (help) {
  help.hidden = false;
  say();
  document.getElementById("keys-switch").addEventListener("click", () => {
    are_on = !are_on;
    localStorage.setItem(KEPT, are_on ? "on" : "off");
    say();
  });
  document.addEventListener("keydown", heard);
}
