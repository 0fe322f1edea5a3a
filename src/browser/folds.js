// What unfolds in the page alone: the strip's sheet, the steps, the menus of the
// header. Here and not in Rust because nothing else depends on it.

const OPEN = '[data-zice-fold][aria-expanded="true"], .zice-menu[open]';

/** Closes whatever is open, except around `inside`. */
function close(mount, inside) {
  let closed;
  for (const one of Array.from(mount.querySelectorAll(OPEN))) {
    const around = one.localName === "details" ? one : one.parentNode;
    if (inside && around.contains(inside)) continue;
    if (one.localName === "details") one.open = false;
    else one.setAttribute("aria-expanded", "false");
    closed = one;
  }
  return closed;
}

/** Follows what is pressed in the page that `mount` shows. */
export function unfold(mount) {
  mount.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-zice-fold]");
    // A button that leads on closes what it stands in, except a menu.
    const leads = !button && target.closest("button");
    close(mount, leads ? target.closest(".zice-menu") : target);
    // What was pressed in a menu is no longer seen; the focus stays near it.
    const menu = leads && target.closest(".zice-fold");
    if (menu) menu.firstChild.focus();
    if (!button) return;
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", open ? "false" : "true");
  });
  // Beside the page, and beside the element it is in.
  const beside = ({ target }) => {
    if (target !== mount.getRootNode().host && !mount.contains(target)) close(mount);
  };
  addEventListener("click", beside);
  mount.addEventListener("zice-gone", () => removeEventListener("click", beside));
  mount.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape") return;
    const closed = close(mount);
    if (!closed || !closed.parentNode.contains(target)) return;
    (closed.localName === "details" ? closed.firstChild : closed).focus();
  });
}
