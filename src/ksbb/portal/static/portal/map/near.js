// “Near me”: the position is asked for when the button is pressed, and stays in this page.

const button = document.querySelector("#map-near");
const said = document.querySelector("#map-near-said");

export function offerNear(found) {
  if (!("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const { latitude, longitude } = coords;
        const link = said.querySelector("a");
        const address = new URL(link.href);
        address.searchParams.set("dekat", `${latitude.toFixed(2)},${longitude.toFixed(2)}`);
        link.href = address.href;
        tell("found");
        found(latitude, longitude);
      },
      () => tell("denied"),
      { maximumAge: 300000, timeout: 15000 },
    );
  });
}

function tell(name) {
  said.hidden = false;
  said.querySelectorAll("[data-said]").forEach((one) => (one.hidden = one.dataset.said !== name));
}
