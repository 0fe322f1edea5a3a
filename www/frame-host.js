// For the page around a frame: makes the frame, fits its height to its content,
// and passes its events on.
//
//   <script src="frame-host.js" defer></script>
//   <div data-zice-frame="tech-sme" data-lang="zh-CN"></div>
(function () {
  "use strict";
  var own = document.currentScript;
  // No report is higher than this; anything higher scrolls.
  var MOST = 30000;
  function make(place) {
    var frame = document.createElement("iframe");
    var address = new URL("frame.html", own.src);
    address.search = "?policies=" + encodeURIComponent(place.getAttribute("data-zice-frame"))
      + "&lang=" + encodeURIComponent(place.getAttribute("data-lang") || document.documentElement.lang || "zh-CN")
      + "&theme=" + encodeURIComponent(place.getAttribute("data-theme") || "light")
      + (place.hasAttribute("data-large") ? "&large=" : "")
      + ["brand", "contact", "page-title", "heading-level", "chrome"].map(function (name) {
        var said = place.getAttribute("data-" + name);
        return said ? "&" + name + "=" + encodeURIComponent(said) : "";
      }).join("")
      + "&host=" + encodeURIComponent(location.origin);
    // Without an origin of its own the frame can't reach anything of the
    // site's.
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-downloads allow-modals");
    frame.title = place.getAttribute("data-title") || "\u7533\u62a5\u81ea\u6d4b";
    frame.style.width = "100%";
    frame.style.height = "40em";
    frame.style.border = "0";
    frame.src = address.href;
    // The padding and border that the site's styles add within the frame's
    // height.
    function around() {
      var style = getComputedStyle(frame);
      if (style.boxSizing !== "border-box") return 0;
      return ["paddingTop", "paddingBottom", "borderTopWidth", "borderBottomWidth"].reduce(function (sum, name) {
        return sum + (parseFloat(style[name]) || 0);
      }, 0);
    }
    function hear(event) {
      var data = event.data;
      if (event.source !== frame.contentWindow || event.origin !== "null" || !data || data.zice !== 1) return;
      if (data.type === "height") frame.style.height = Math.min(MOST, Math.max(100, +data.height || 0)) + around() + "px";
      else place.dispatchEvent(new CustomEvent("zice:" + data.type, { bubbles: true, detail: data.detail }));
    }
    // A frame that was taken out is forgotten; put back, it loads again.
    var watch = new MutationObserver(function () {
      if (document.documentElement.contains(frame)) return;
      watch.disconnect();
      removeEventListener("message", hear);
    });
    function follow() {
      addEventListener("message", hear);
      watch.observe(document.documentElement, { childList: true, subtree: true });
    }
    frame.onload = function () {
      follow();
      frame.contentWindow.postMessage({ zice: 1, type: "hello" }, "*");
    };
    place.appendChild(frame);
    follow();
  }
  function all() {
    var places = document.querySelectorAll("[data-zice-frame]");
    for (var at = 0; at < places.length; at++) if (!places[at].querySelector("iframe")) make(places[at]);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
