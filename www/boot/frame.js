// The script of frame.html. It shows the element that the address asks for, and
// tells the page around the frame its height and its events.
//
//   frame.html?policies=tech-sme&lang=zh-CN&theme=light&brand=example&host=https://example.gov.cn
//
// Events with details go only to the origin named by `host`, and only if that
// is the frame's own site or listed in frame.html (`zice-hosts`) by whoever put
// the file there. The height, which says nothing about the company, goes to any
// page around the frame.

const asked = new URLSearchParams(location.search);
const host = asked.get("host") || "";
const { content: named = "" } = /** @type {Partial<HTMLMetaElement>} */ (document.querySelector("meta[name=zice-hosts]") || {});
// The address still has an origin where a sandboxed frame has none itself.
const listed = host === location.origin || named.split(/\s+/).filter(Boolean).includes(host);
if (host && !listed) {
  console.warn(`frame.html: ${host} is not among its zice-hosts; it is not told what is answered`);
}
const element = document.createElement("zice-check");
for (const name of ["policies", "lang", "theme", "large", "draft"]) {
  if (asked.has(name)) element.setAttribute(name, asked.get(name));
}
// Whoever opens the address by itself has no site around that could say these: a link
// must not put somebody's telephone number onto a page of this site.
for (const name of ["brand", "contact", "page-title", "heading-level", "chrome"]) {
  if (parent !== self && asked.has(name)) element.setAttribute(name, asked.get(name));
}
element.setAttribute("lazy", "eager");

const tell = (message, to) => {
  if (parent !== self) parent.postMessage(Object.assign({ zice: 1 }, message), to);
};

let told = 0;
function height() {
  const now = Math.ceil(element.getBoundingClientRect().height);
  // One pixel more or less is rounding; reacting to it could go on forever.
  if (Math.abs(now - told) < 2) return;
  told = now;
  tell({ type: "height", height: now }, "*");
}

for (const name of ["ready", "progress", "report", "error"]) {
  element.addEventListener(`zice:${name}`, (/** @type {CustomEvent} */ { detail }) => {
    height();
    if (listed) tell({ type: name, detail: JSON.parse(JSON.stringify(detail)) }, host);
  });
}
// The page around asks again if it began to listen too late.
addEventListener("message", ({ source, data }) => {
  if (source === parent && data && data.zice === 1 && data.type === "hello") {
    told = 0;
    height();
  }
});
const wait = document.getElementById("zice-wait");
if (self.customElements && !customElements.get("zice-check")) {
  // zice.js did not arrive, or not whole.
  wait.querySelector(".zice-loading").remove();
  wait.querySelector(".zice-late").className = "";
} else wait.remove();
document.body.appendChild(element);
if (self.ResizeObserver) new ResizeObserver(height).observe(element);
else setInterval(height, 250);
