// Inside frame.html: the element as the address asks for it, its height and
// its events told to the page around it.
//
//   frame.html?policies=tech-sme&lang=zh-CN&theme=light&host=https://example.gov.cn
//
// What is in an event goes to the origin named by `host` and to no other, and
// only where that is the frame's own site or one of those that who put it here
// has named in frame.html. The height, which says nothing of the company, goes
// to whoever the frame stands in.

const asked = new URLSearchParams(location.search);
const host = asked.get("host") || "";
const { content: named = "" } = /** @type {Partial<HTMLMetaElement>} */ (document.querySelector("meta[name=zice-hosts]") || {});
// The address still has an origin where a sandboxed frame has none itself.
const listed = host === location.origin || named.split(/\s+/).filter(Boolean).includes(host);
if (host && !listed) {
  console.warn(`frame.html: ${host} is not among its zice-hosts; it is not told what is answered`);
}
const element = document.createElement("zice-check");
for (const name of ["policies", "lang", "theme", "large"]) {
  if (asked.has(name)) element.setAttribute(name, asked.get(name));
}
element.setAttribute("lazy", "eager");

const tell = (message, to) => {
  if (parent !== self) parent.postMessage(Object.assign({ zice: 1 }, message), to);
};

let told = 0;
function height() {
  const now = Math.ceil(element.getBoundingClientRect().height);
  // A pixel more or less is rounding, and answering it could go on for ever.
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
// The page around asks again when it was listening too late.
addEventListener("message", ({ source, data }) => {
  if (source === parent && data && data.zice === 1 && data.type === "hello") {
    told = 0;
    height();
  }
});
const wait = document.getElementById("zice-wait");
if (self.customElements && !customElements.get("zice-check")) {
  // zice.js did not come, or not whole.
  wait.querySelector(".zice-loading").remove();
  wait.querySelector(".zice-late").className = "";
} else wait.remove();
document.body.appendChild(element);
if (self.ResizeObserver) new ResizeObserver(height).observe(element);
else setInterval(height, 250);
