// embed.html: builds the code that puts the element into a page, and previews
// it.

const base = new URL("./", location.href).href;
/** @type {(id: string) => any} */
const by = (id) => document.getElementById(id);

/**
 * The colours that can be set: property, label, default, and the colours it
 * must contrast with.
 *
 * @type {[string, string, string, string[] | null][]}
 */
const COLOURS = [
  ["accent", "主色（按钮、链接） / accent", "#0b5c8a", ["surface", "raised"]],
  ["on-accent", "按钮文字 / text on accent", "#ffffff", ["accent"]],
  ["text", "文字 / text", "#1d2733", ["surface", "raised"]],
  ["soft", "次要文字 / soft text", "#4b5a69", ["surface", "raised"]],
  ["surface", "底色 / ground", "#ffffff", null],
  ["raised", "卡片底色 / cards", "#f3f6f9", null],
  ["line", "细线 / lines", "#d5dde4", null],
];
/** The contrast that WCAG 2.2 demands for text (1.4.3). */
const CONTRAST = 4.5;

/** Attributes that are what was typed or chosen; left out where that is nothing. */
const PLAIN = ["lang", "theme", "lazy", "brand", "page-title", "contact", "chrome", "heading-level"];

let integrity = "";

const colour = (name) => by(`colour-${name}`).value;

/** Relative luminance, as WCAG defines it. */
function luminance(hex) {
  const part = (at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
function contrast(one, other) {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function makeColours() {
  for (const [name, words, value, against] of COLOURS) {
    const row = document.createElement("p");
    const label = row.appendChild(document.createElement("label"));
    label.htmlFor = `colour-${name}`;
    label.textContent = words;
    const input = row.appendChild(document.createElement("input"));
    Object.assign(input, { type: "color", id: `colour-${name}`, defaultValue: value });
    if (against) row.appendChild(document.createElement("span")).id = `contrast-${name}`;
    by("colours").appendChild(row);
  }
}

async function makeProgrammes() {
  const { policies } = await (await fetch("policies/index.json")).json();
  const seen = new Set();
  for (const { id, title } of policies) {
    if (seen.has(id)) continue;
    seen.add(id);
    const label = by("programmes").appendChild(document.createElement("label"));
    const input = label.appendChild(document.createElement("input"));
    Object.assign(input, { type: "checkbox", value: id, defaultChecked: seen.size === 1 });
    // The title of the programme's newest edition.
    const newest = policies.filter((one) => one.id === id).pop() || { title };
    label.appendChild(document.createTextNode(` ${newest.title.zh} `));
    const english = label.appendChild(document.createElement("span"));
    english.lang = "en";
    english.textContent = newest.title.en;
  }
}

function settings() {
  const programmes = Array.from(by("programmes").querySelectorAll("input:checked"), ({ value }) => value);
  /** @type {Record<string, string>} */
  const attributes = { policies: programmes.join(" ") };
  for (const name of PLAIN) if (by(name).value) attributes[name] = by(name).value;
  if (by("large").checked) attributes.large = "";
  // Dark mode has properties of its own. With "auto" either may apply, so set
  // both.
  const ends = { dark: ["-dark"], auto: ["", "-dark"] }[by("theme").value] || [""];
  const changed = COLOURS.filter(([name, , value]) => colour(name) !== value).map(([name]) => name);
  // In dark mode, set all colours once one is changed: the light defaults of
  // the others would not fit.
  const dark = changed.length && by("theme").value === "dark" ? COLOURS.map(([name]) => name) : changed;
  const colours = dark.flatMap ? dark.flatMap((name) => ends.map((end) => [name + end, colour(name)])) : [];
  return { attributes, colours };
}

/** A text as an attribute value in HTML, in quotation marks. */
const quoted = (text) => `"${text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;")}"`;

/**
 * What the host's content security policy must allow, and the digest of the
 * script.
 */
const POLICY = {
  script: () => `CSP: script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'　zice.js: ${integrity}`,
  frame: () => `CSP: script-src 'self'; frame-src ${new URL(base).origin}`,
  npm: () => "",
};

const CODE = {
  script({ attributes, colours }) {
    const list = Object.keys(attributes).map((name) => (attributes[name] ? `${name}=${quoted(attributes[name])}` : name));
    const lines = [`<script src=${quoted(`${base}zice.js`)} defer></script>`, `<zice-check ${list.join(" ")}></zice-check>`];
    if (colours.length) {
      lines.push("<style>", "  zice-check {", ...colours.map(([name, value]) => `    --zice-${name}: ${value};`), "  }", "</style>");
    }
    return lines;
  },
  frame({ attributes }) {
    const list = [`data-zice-frame=${quoted(attributes.policies)}`];
    for (const name of PLAIN) if (attributes[name] && name !== "lazy") list.push(`data-${name}=${quoted(attributes[name])}`);
    if ("large" in attributes) list.push("data-large");
    return [`<script src=${quoted(`${base}frame-host.js`)} defer></script>`, `<div ${list.join(" ")}></div>`];
  },
  npm({ attributes }) {
    return [
      "import { load } from \"zice\";", "",
      `const zice = await load({ policies: ${JSON.stringify(attributes.policies.split(" "))} });`,
      "const company = { schema: \"zice.company/1\", facts: {} };",
      `const report = zice.assess(company, ${JSON.stringify(attributes.policies.split(" ")[0])});`,
    ];
  },
};
const ADVICE = {
  script: "推荐。把整个 dist 文件夹放到您的服务器上，路径不限。CSP 只许外部样式表时，把 <style> 里的内容移到自己的样式表。 / Recommended: put the whole folder on your server. Where a CSP forbids inline styles, move what is in <style> into your own stylesheet.",
  frame: "要与网站其余部分隔开，或网站有 CSP 而用户浏览器低于 Chromium 97 时用。颜色不能改。 / To keep it apart from the rest of the site, or for browsers before Chromium 97 under a CSP; colours can't be set.",
  npm: "只要计算、不要界面时用，浏览器和 Node 都能用。 / Only the calculation, in browsers and Node.",
};

let shown;

function show() {
  const now = settings();
  const way = /** @type {HTMLInputElement} */ (document.querySelector("[name=way]:checked")).value;
  by("advice").textContent = ADVICE[way];
  by("policy").textContent = POLICY[way]();
  by("code").value = now.attributes.policies ? CODE[way](now).join("\n") : "";
  by("copied").textContent = now.attributes.policies ? "" : "请至少选一个项目。 / Choose at least one programme.";
  for (const [name, , , against] of COLOURS) {
    if (!against) continue;
    const ratio = Math.min(...against.map((other) => contrast(colour(name), colour(other))));
    const place = by(`contrast-${name}`);
    place.className = ratio < CONTRAST ? "contrast low" : "contrast";
    place.textContent = ` ${ratio.toFixed(1)} : 1${ratio < CONTRAST ? `  对比度不足 ${CONTRAST} : 1，看不清 / too low to read` : ""}`;
  }
  preview(now);
}

/** Makes a new preview if necessary, or else updates what has changed. */
function preview({ attributes, colours }) {
  if (!attributes.policies) return;
  const key = JSON.stringify([attributes.lazy]);
  let element = by("preview").firstChild;
  if (!element || key !== shown) {
    if (element) element.remove();
    shown = key;
    element = document.createElement("zice-check");
  }
  for (const name of ["policies", "large", ...PLAIN]) {
    // The preview may lie far below what is seen of the page.
    if (name === "lazy" && !attributes.lazy) element.setAttribute(name, "eager");
    else if (!(name in attributes)) element.removeAttribute(name);
    else if (element.getAttribute(name) !== attributes[name]) element.setAttribute(name, attributes[name]);
  }
  for (const [name] of COLOURS) for (const end of ["", "-dark"]) element.style.removeProperty(`--zice-${name}${end}`);
  for (const [name, value] of colours) element.style.setProperty(`--zice-${name}`, value);
  if (!element.parentNode) by("preview").appendChild(element);
}

by("copy").addEventListener("click", async () => {
  by("code").select();
  try {
    await navigator.clipboard.writeText(by("code").value);
  } catch (error) {
    // For older browsers, and for pages without https.
    document.execCommand("copy");
  }
  by("copied").textContent = "已复制 / copied";
});

makeColours();
makeProgrammes().then(async () => {
  by("settings").addEventListener("input", show);
  by("settings").addEventListener("change", show);
  by("settings").addEventListener("reset", () => setTimeout(show));
  by("ways").addEventListener("change", show);
  show();
  // Only a release has a manifest with digests.
  const answer = await fetch("manifest.json");
  if (!answer.ok) return;
  integrity = (await answer.json()).files["zice.js"].sha384;
  show();
}).catch((error) => {
  by("copied").textContent = `请把 dist 文件夹放到网页服务器上再打开本页。 / Open this page from a web server. (${error.message})`;
});
