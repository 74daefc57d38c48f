/* The address of the page carries what is changed: #scenario=..., read again when it is opened. */
"use strict";

const LINK = "#scenario=";

function linkOf() {
  if (same(moved, start)) return "";
  const bytes = new TextEncoder().encode(JSON.stringify(scenario()));
  const text = btoa(String.fromCharCode(...bytes));
  return LINK + text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/* Some browsers refuse where the address changes too often: then it stays as it is. */
function writeLink() {
  try {
    history.replaceState(null, "", location.href.split("#")[0] + linkOf());
  } catch (_error) {
    /* what is shown does not depend on it */
  }
}

async function readLink() {
  const { hash } = location;
  if (!hash.startsWith(LINK) || hash === linkOf()) return;
  await openScenario(words.link, () => {
    const bytes = Uint8Array.from(atob(hash.slice(LINK.length).replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  });
}

/* Where nothing may be copied, the address stands there to be copied by hand. */
async function copyLink() {
  const field = byId("link-text");
  field.hidden = false;
  field.value = location.href.split("#")[0] + linkOf();
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    byId("opened").textContent = words.link_copied;
  } catch (_error) {
    byId("opened").textContent = words.link_there;
  }
}
