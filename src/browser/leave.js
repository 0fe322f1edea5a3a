// Whether the browser asks before the page is left, because answers would be
// lost: it does for as long as one of the checks in the document wants it to.

/** The elements of the checks that do. */
const wanting = new Set();
/** Those that were made to tell when they go. */
const known = new WeakSet();

function ask(event) {
  event.preventDefault();
  // What older browsers want.
  event.returnValue = true;
}

/** The check in `mount` wants the browser to ask, or no longer. */
export function guard(mount, wants) {
  if (wants) {
    wanting.add(mount);
    if (!known.has(mount)) {
      known.add(mount);
      // It is told when it goes, whatever ends it (www/boot/widget.js).
      mount.addEventListener("zice-gone", () => guard(mount, false));
    }
    addEventListener("beforeunload", ask);
  } else if (wanting.delete(mount) && !wanting.size) {
    removeEventListener("beforeunload", ask);
  }
}
