// For the page around a frame: makes the frame, lets it grow with what is in
// it, and passes its events on.
//
//   <script src="frame-host.js" defer></script>
//   <div data-zice-frame="tech-sme" data-lang="zh-CN"></div>
(function () {
  "use strict";
  var own = document.currentScript;
  function make(place) {
    var frame = document.createElement("iframe");
    var address = new URL("frame.html", own.src);
    var origin = location.origin;
    address.search = "?policies=" + encodeURIComponent(place.getAttribute("data-zice-frame"))
      + "&lang=" + encodeURIComponent(place.getAttribute("data-lang") || document.documentElement.lang || "zh-CN")
      + "&theme=" + encodeURIComponent(place.getAttribute("data-theme") || "light")
      + (place.hasAttribute("data-large") ? "&large=" : "")
      + "&host=" + encodeURIComponent(origin);
    // Without an origin of its own it reaches nothing of the site's.
    frame.setAttribute("sandbox", "allow-scripts allow-forms allow-downloads allow-modals");
    frame.title = place.getAttribute("data-title") || "\u7533\u62a5\u81ea\u6d4b";
    frame.style.width = "100%";
    frame.style.height = "40em";
    frame.style.border = "0";
    frame.src = address.href;
    addEventListener("message", function (event) {
      var data = event.data;
      if (event.source !== frame.contentWindow || event.origin !== "null" || !data || data.zice !== 1) return;
      if (data.type === "height") frame.style.height = Math.max(100, +data.height || 0) + "px";
      else place.dispatchEvent(new CustomEvent("zice:" + data.type, { bubbles: true, detail: data.detail }));
    });
    frame.onload = function () { frame.contentWindow.postMessage({ zice: 1, type: "hello" }, "*"); };
    place.appendChild(frame);
  }
  function all() {
    var places = document.querySelectorAll("[data-zice-frame]");
    for (var at = 0; at < places.length; at++) if (!places[at].querySelector("iframe")) make(places[at]);
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", all);
  else all();
})();
