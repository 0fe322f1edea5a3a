// What only a page embedded in another page needs.

/** @type {[string, number][]} */
const WIDTHS = [["zice-w45", 45], ["zice-w60", 60], ["zice-w75", 75]];
const FIELDS = /^(input|select|textarea)$/i;

/**
 * Tells the styles how wide the element is and how large the type. The window's
 * width says nothing about a column of the host, and `rem` is the host's own.
 */
export function fit(mount) {
  const probe = mount.parentNode.insertBefore(document.createElement("span"), mount);
  probe.style.fontSize = "medium";
  // The default size of monospace type is smaller.
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
 * Keeps keys typed into a field inside. Outside, their target would be the
 * whole element, and the host's shortcuts would react to them.
 */
export function keepKeys(mount) {
  for (const name of ["keydown", "keypress", "keyup"]) {
    mount.addEventListener(name, (event) => {
      if (FIELDS.test(event.target.localName)) event.stopPropagation();
    });
  }
}
