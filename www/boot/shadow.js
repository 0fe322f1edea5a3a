// What a page inside somebody else's needs and one of its own does not.

/** @type {[string, number][]} */
const WIDTHS = [["zice-w45", 45], ["zice-w60", 60]];
const FIELDS = /^(input|select|textarea)$/i;

/**
 * Tells the styles how wide the element is: the window's width says nothing of
 * a column of the host's. And how large type is: `rem` is the host's.
 */
export function fit(mount) {
  const probe = mount.parentNode.insertBefore(document.createElement("span"), mount);
  probe.style.fontSize = "medium";
  // Of a typewriter's type it is smaller.
  probe.style.fontFamily = "serif";
  const rem = parseFloat(getComputedStyle(probe).fontSize) || 16;
  probe.remove();
  mount.style.setProperty("--z-rem", `${rem}px`);
  const measure = () => {
    for (const [name, width] of WIDTHS) mount.classList.toggle(name, mount.clientWidth >= width * rem);
  };
  measure();
  let stop;
  if (self.ResizeObserver) {
    const observer = new ResizeObserver(measure);
    observer.observe(mount);
    stop = () => observer.disconnect();
  } else {
    addEventListener("resize", measure);
    stop = () => removeEventListener("resize", measure);
  }
  mount.addEventListener("zice-gone", stop);
}

/**
 * Keys typed into a field stay here: outside, the target is the element as a
 * whole, and a host's shortcuts would take them for its own.
 */
export function keepKeys(mount) {
  for (const name of ["keydown", "keypress", "keyup"]) {
    mount.addEventListener(name, (event) => {
      if (FIELDS.test(event.target.localName)) event.stopPropagation();
    });
  }
}
