// A form is sent once: a second press within ten seconds does nothing. The server acts once anyway.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const buttons = form.querySelectorAll("button");
  form.dataset.sent = "yes";
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  setTimeout(() => {
    delete form.dataset.sent;
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  }, 10000);
});

// A page taken from the back/forward cache is fresh again.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// The list of mistakes takes the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// What was seen stays readable without network. After the page itself, which comes first.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}
