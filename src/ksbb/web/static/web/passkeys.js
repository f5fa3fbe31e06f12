// Lets the browser make a passkey, or answer with one. Without JavaScript nothing of this is shown.
const form = document.querySelector("form[data-passkey]");

async function answer() {
  if (form.dataset.passkey === "add") {
    const options = JSON.parse(document.getElementById("passkey-options").textContent);
    return webauthnJSON.create(options);
  }
  const question = await fetch(form.action, { headers: { Accept: "application/json" } });
  return webauthnJSON.get(await question.json());
}

if (form && window.PublicKeyCredential) {
  form.hidden = false;
  document.querySelector("[data-passkey-missing]")?.remove();
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    // The watch against a second press is for forms that were sent.
    event.stopPropagation();
    const failure = form.querySelector("[data-passkey-failure]");
    failure.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await answer());
      form.submit();
    } catch {
      failure.hidden = false;
    }
  });
}
