// What the site around the page says of itself, by `data-` attributes of the
// element that the page is shown in: whoever wrote them is told of a value that is
// none, and the page goes on without it.

/** Texts, and as many characters as there is room for. */
const LIMITS = { "data-brand": 40, "data-contact": 120, "data-page-title": 40 };
/** Attributes that take one of some values. */
const VALUES = {
  "data-heading-level": ["1", "2", "3", "4", "5"],
  "data-chrome": ["full", "minimal", "none"],
  "data-zice-theme": ["light", "dark", "auto", "contrast"],
};

const told = new Set();
/** Says something on the console, once. */
function tell(words) {
  if (!told.has(words)) console.warn(words);
  told.add(words);
}

/** Takes out of `mount` what can't be used, and says so on the console. */
export function heed(mount) {
  for (const [name, most] of Object.entries(LIMITS)) {
    const letters = Array.from(mount.getAttribute(name) || "");
    if (letters.length <= most) continue;
    tell(`Zice: ${name.slice(5)}: ${letters.length} > ${most} 个字，后面的不显示 / characters, the rest is not shown`);
    mount.setAttribute(name, `${letters.slice(0, most - 1).join("")}…`);
  }
  for (const [name, values] of Object.entries(VALUES)) {
    const value = mount.getAttribute(name);
    // The headings of a document that is the page's own begin at the first level.
    const possible = name === "data-heading-level" && mount.hasAttribute("data-page") ? ["1"] : values;
    if (value === null || possible.includes(value)) continue;
    tell(`Zice: ${name.replace(/^data-(zice-)?/, "")}="${value}": 只能是 / can only be ${possible.join(", ")}`);
    if (name === "data-zice-theme") mount.setAttribute(name, "light");
    else mount.removeAttribute(name);
  }
}
