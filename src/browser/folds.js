// What unfolds in the page alone: the strip's sheet, the steps, the menus of the
// header. Here and not in Rust because nothing else depends on it.

const OPEN = '[data-zice-fold][aria-expanded="true"], .zice-menu[open]';

/**
 * Closes what is open, except what `stays` says: it is asked about the element around
 * each.
 */
function close(mount, stays) {
  let closed;
  for (const one of Array.from(mount.querySelectorAll(OPEN))) {
    const menu = one.localName === "details";
    if (stays(menu ? one : one.parentNode)) continue;
    if (menu) one.open = false;
    else one.setAttribute("aria-expanded", "false");
    closed = one;
  }
  return closed;
}

/** Follows what is pressed in the page that `mount` shows. */
export function unfold(mount) {
  const press = (event) => {
    // The way of the press as it was: the page has followed it already, and what was
    // pressed may be gone.
    const path = event.composedPath();
    const button = path.find((it) => it.dataset && it.dataset.ziceFold);
    // A button that leads on closes what it stands in; not a menu that says in its
    // place what came of it.
    const pressed = path.find((it) => it.localName === "button");
    const says = pressed && !pressed.isConnected && path.some((it) => it.matches && it.matches(".zice-menu"));
    const leads = !button && pressed && !says;
    const focused = mount.getRootNode().activeElement;
    close(mount, (around) => path.indexOf(around) >= 0 && !leads);
    // What was pressed in a fold is no longer seen; the focus stays near it, unless
    // the page has moved it.
    const fold = leads && path.find((it) => it.matches && it.matches(".zice-fold, .zice-menu"));
    if (fold && fold.isConnected && fold.contains(focused)) fold.firstChild.focus();
    if (!button || path.indexOf(mount) < 0) return;
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", open ? "false" : "true");
  };
  // Beside the page, too.
  addEventListener("click", press);
  mount.addEventListener("zice-gone", () => removeEventListener("click", press));
  mount.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape") return;
    const closed = close(mount, () => false);
    if (!closed || !closed.parentNode.contains(target)) return;
    (closed.localName === "details" ? closed.firstChild : closed).focus();
  });
}
