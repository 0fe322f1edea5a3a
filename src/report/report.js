// What the report does in the document alone: unfolding, going to what a
// number was worked out from, printing everything, and the report as a file.
// Here and not in Rust because each call of the browser's from there costs
// more bytes than all of this.

const all = (root, selector) => Array.from(root.querySelectorAll(selector));

/** Opens everything that `id` stands in, and moves the focus there. */
function show(id) {
  const target = document.getElementById(id);
  for (let at = target; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
  }
  if (target) {
    const place = target.localName === "details" ? target.querySelector("summary") : target;
    place.focus();
    place.scrollIntoView();
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-zice-show], [data-zice-do]");
  if (!button) return;
  const { ziceShow, ziceDo } = button.dataset;
  if (ziceShow) show(ziceShow);
  else if (ziceDo === "print") print();
  else for (const one of all(document, ".zice-report details")) one.open = ziceDo === "all";
});

// What is folded on the screen is on paper all the same.
const folded = [];
addEventListener("beforeprint", () => {
  for (const one of all(document, ".zice-report details:not([open])")) {
    one.open = true;
    folded.push(one);
  }
});
addEventListener("afterprint", () => {
  for (const one of folded.splice(0)) one.open = false;
});

/** The page's own styles, without asking for them again. */
function styles() {
  const texts = all(document, "link, style").map(({ sheet }) => {
    try {
      return Array.from(sheet.cssRules, (rule) => rule.cssText).join("\n");
    } catch (error) {
      // Another site's, or not loaded: not ours either way.
      return "";
    }
  });
  return texts.filter((text) => text.includes(".zice-report")).join("\n");
}

/**
 * The report as one file that needs nothing else and runs nothing. Inside it
 * lies the company file, so that the page can open it again.
 */
export function whole(title, company) {
  const article = document.querySelector(".zice-report").cloneNode(true);
  for (const one of all(article, ".zice-screen-only")) one.remove();
  for (const one of all(article, "details")) one.setAttribute("open", "");
  for (const one of all(article, "[tabindex]")) one.removeAttribute("tabindex");
  for (const one of all(article, "input")) one.replaceWith(one.checked ? "☑ " : "☐ ");
  for (const one of all(article, "[data-zice-show]")) {
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(one.dataset.ziceShow)}`;
    link.className = one.className;
    link.append(...one.childNodes);
    one.replaceWith(link);
  }
  const name = document.createElement("title");
  name.textContent = title;
  const head = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    name.outerHTML,
    `<style>${styles()}</style>`,
    // No text of the company's can end the element.
    `<script type="application/json" id="zice-company">${company.replace(/</g, "\\u003c")}</script>`,
  ];
  return `<!DOCTYPE html><html lang="${document.documentElement.lang}"><head>${head.join("\n")}</head>
<body><div id="zice-app"><div class="zice"><main>${article.outerHTML}</main></div></div></body></html>
`;
}
