// A button that prints stands on the page only where it can: without JavaScript there is none.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
