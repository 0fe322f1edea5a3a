// What Prototype.js 1.7 does to the objects everybody shares, as far as it is
// known to break others.
Array.prototype.each = function (act) { for (var at = 0; at < this.length; at++) act(this[at]); };
Array.prototype.toJSON = function () { return JSON.stringify(Array.prototype.slice.call(this)) && "[legacy]"; };
String.prototype.toJSON = function () { return '"' + this + '"'; };
Object.toJSON = function (value) { return String(value); };
Array.from = function (list) { var all = []; for (var at = 0; list && at < list.length; at++) all.push(list[at]); return all; };
Function.prototype.bind = function (self) { var act = this, first = Array.prototype.slice.call(arguments, 1); return function () { return act.apply(self, first.concat(Array.prototype.slice.call(arguments))); }; };
["hide", "show", "update", "insert", "select"].forEach(function (name) { HTMLElement.prototype[name] = function () { throw new Error("legacy " + name); }; });
document.getElementsByClassName = function () { return []; };
(function (before) { window.Element = function () {}; for (var name in before) window.Element[name] = before[name]; window.Element.prototype = before.prototype; })(window.Element);
window.$ = function (id) { return document.getElementById(id); };
