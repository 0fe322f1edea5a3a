// How the page looks, as this browser remembers it for those who ask for that.

/** Its name in the storage. Other versions have names of their own. */
const NAME = "zice.look/1";

/**
 * Marks the page that `mount` shows with the look that is remembered. Answers in
 * words with the look there is then: its theme, `large`, `remembered`; and `stores`
 * where the browser lets the page store anything and the host has nothing against it.
 */
export function recall(mount) {
  const root = mount.hasAttribute("data-page") ? document.documentElement : mount;
  let told = "";
  try {
    const text = localStorage.getItem(NAME);
    if (mount.getAttribute("data-draft") !== "off") told = "stores";
    const { schema, theme, large } = JSON.parse(text);
    if (schema === NAME && /^(auto|light|dark|contrast)$/.test(theme)) {
      root.setAttribute("data-zice-theme", theme);
      if (large) root.setAttribute("data-zice-large", "");
      else root.removeAttribute("data-zice-large");
      told += " remembered";
    }
  } catch (nothing) {
    // Nothing is remembered, or the browser stores nothing.
  }
  if (root.hasAttribute("data-zice-large")) told += " large";
  return `${told} ${root.getAttribute("data-zice-theme")}`;
}

/** Remembers a look, or nothing any more. False where the browser does not let us. */
export function remember(theme, large, wanted) {
  try {
    if (wanted) localStorage.setItem(NAME, JSON.stringify({ schema: NAME, theme, large }));
    else localStorage.removeItem(NAME);
    return true;
  } catch (refused) {
    return false;
  }
}
