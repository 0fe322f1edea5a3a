// An example of what a consultancy can make of a report: its own list of
// questions, in its own page. Nothing is sent; the report stays in the browser.
(function () {
  "use strict";
  var place = document.getElementById("next");
  document.addEventListener("zice:report", function (event) {
    var reports = event.detail.reports || [event.detail];
    var list = place.querySelector("ul");
    list.textContent = "";
    reports.forEach(function (report) {
      report.criteria.forEach(function (criterion) {
        if (criterion.status !== "not_met" && criterion.status !== "needs_review") return;
        var item = list.appendChild(document.createElement("li"));
        item.textContent = criterion.title;
      });
    });
    place.hidden = !list.firstChild;
  });
})();
