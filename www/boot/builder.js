// embed.html: builds the code that puts the element into a page, and shows at
// once what it will look like.

const base = new URL("./", location.href).href;
const by = (id) => document.getElementById(id);

/** What can be coloured: property, words, default, and what it must stand out from. */
const COLOURS = [
  ["accent", "主色（按钮、链接） / accent", "#0b5c8a", "surface"],
  ["on-accent", "按钮文字 / text on accent", "#ffffff", "accent"],
  ["text", "文字 / text", "#1d2733", "surface"],
  ["soft", "次要文字 / soft text", "#4b5a69", "surface"],
  ["surface", "底色 / ground", "#ffffff", null],
  ["raised", "卡片底色 / cards", "#f3f6f9", null],
  ["line", "细线 / lines", "#d5dde4", null],
];
/** What WCAG 2.2 asks of text (1.4.3). */
const CONTRAST = 4.5;

const colour = (name) => by(`colour-${name}`).value;

/** Relative luminance and contrast as WCAG defines them. */
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
    // The newest edition's name.
    const newest = policies.filter((one) => one.id === id).pop() || { title };
    label.appendChild(document.createTextNode(` ${newest.title.zh} `));
    const english = label.appendChild(document.createElement("span"));
    english.lang = "en";
    english.textContent = newest.title.en;
  }
}

function settings() {
  const programmes = Array.from(by("programmes").querySelectorAll("input:checked"), ({ value }) => value);
  const attributes = { policies: programmes.join(" ") };
  for (const name of ["lang", "theme", "lazy"]) if (by(name).value) attributes[name] = by(name).value;
  if (by("large").checked) attributes.large = "";
  const colours = COLOURS.filter(([name, , value]) => colour(name) !== value).map(([name]) => [name, colour(name)]);
  return { attributes, colours };
}

/** A text as it stands between quotation marks in HTML. */
const quoted = (text) => `"${text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;")}"`;

const CODE = {
  script({ attributes, colours }, integrity) {
    const list = Object.keys(attributes).map((name) => (attributes[name] ? `${name}=${quoted(attributes[name])}` : name));
    const lines = [`<script src=${quoted(`${base}zice.js`)} defer></script>`, `<zice-check ${list.join(" ")}></zice-check>`];
    if (colours.length) {
      lines.push("", "/* CSS */", "zice-check {", ...colours.map(([name, value]) => `  --zice-${name}: ${value};`), "}");
    }
    lines.push("", "# CSP: script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'", `# zice.js: ${integrity}`);
    return lines;
  },
  frame({ attributes }) {
    const list = [`data-zice-frame=${quoted(attributes.policies)}`];
    for (const name of ["lang", "theme"]) if (attributes[name]) list.push(`data-${name}=${quoted(attributes[name])}`);
    return [`<script src=${quoted(`${base}frame-host.js`)} defer></script>`, `<div ${list.join(" ")}></div>`, "", `# CSP: frame-src ${new URL(base).origin}`];
  },
  npm({ attributes }) {
    return [
      "import { load } from \"zice\";", "",
      `const zice = await load({ policies: ${JSON.stringify(attributes.policies.split(" "))} });`,
      "const report = zice.assess(companyFile, policy);",
    ];
  },
};
const ADVICE = {
  script: "推荐。把整个 dist 文件夹放到您的服务器上，路径不限。 / Recommended: put the whole folder on your server.",
  frame: "网站不允许第三方脚本、或浏览器低于 Chromium 97 且有 CSP 时用。颜色不能改。 / For sites that allow no scripts of others; colours can't be set.",
  npm: "只要计算、不要界面时用，浏览器和 Node 都能用。 / Only the calculation, in browsers and Node.",
};

let integrity = "";
let shown;

function show() {
  const now = settings();
  const way = document.querySelector("[name=way]:checked").value;
  by("advice").textContent = ADVICE[way];
  by("code").value = now.attributes.policies ? CODE[way](now, integrity).join("\n") : "";
  by("copied").textContent = now.attributes.policies ? "" : "请至少选一个项目。 / Choose at least one programme.";
  for (const [name, , , against] of COLOURS) {
    if (!against) continue;
    const ratio = contrast(colour(name), colour(against));
    const place = by(`contrast-${name}`);
    place.className = ratio < CONTRAST ? "contrast low" : "contrast";
    place.textContent = ` ${ratio.toFixed(1)} : 1${ratio < CONTRAST ? `  对比度不足 ${CONTRAST} : 1，看不清 / too low to read` : ""}`;
  }
  preview(now);
}

/** The element anew where it has to be, else only what was changed. */
function preview({ attributes, colours }) {
  if (!attributes.policies) return;
  const key = JSON.stringify([attributes.lazy]);
  let element = by("preview").firstChild;
  if (!element || key !== shown) {
    if (element) element.remove();
    shown = key;
    element = document.createElement("zice-check");
  }
  for (const name of ["policies", "lang", "theme", "lazy", "large"]) {
    if (!(name in attributes)) element.removeAttribute(name);
    else if (element.getAttribute(name) !== attributes[name]) element.setAttribute(name, attributes[name]);
  }
  for (const [name] of COLOURS) element.style.removeProperty(`--zice-${name}`);
  for (const [name, value] of colours) element.style.setProperty(`--zice-${name}`, value);
  if (!element.parentNode) by("preview").appendChild(element);
}

by("copy").addEventListener("click", async () => {
  by("code").select();
  try {
    await navigator.clipboard.writeText(by("code").value);
  } catch (error) {
    // Older browsers, and pages without https.
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
  const { files } = await (await fetch("manifest.json")).json();
  integrity = files["zice.js"].sha384;
  show();
}).catch((error) => { by("copied").textContent = String(error); });
