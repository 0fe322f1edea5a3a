// Turns a company file that a host passes as an object into the text that is
// read. The loader uses this too, so it is ECMAScript 5.

/** The largest size of a company file in bytes, as for the command. */
var MOST = 4 << 20;
var PLAIN = /^\[object (Object|Array)\]$/;

/** The error to throw: `code` as everywhere, `path` the place in the file. */
function refusal(code, path, text) {
  var error = new Error((path ? path + ": " : "") + text);
  error.code = code;
  error.path = path;
  return error;
}

/**
 * Refuses values that JSON can't express, at their place. `JSON.stringify`
 * would turn them into `null` ("not known"), leave them out, or never end.
 */
function check(value, path, above) {
  var type = typeof value;
  if (type === "object" && value && typeof value.toJSON === "function") return check(value.toJSON(), path, above);
  if (type === "bigint" || type === "function" || type === "symbol" || (type === "number" && !isFinite(value))) {
    throw refusal("company", path, "JSON \u91cc\u6ca1\u6709\u8fd9\u6837\u7684\u503c / no value of JSON (" + (type === "number" ? value : type) + ")");
  }
  if (type !== "object" || !value) return;
  var kind = Object.prototype.toString.call(value);
  if (!PLAIN.test(kind)) throw refusal("company", path, "JSON \u91cc\u6ca1\u6709\u8fd9\u6837\u7684\u503c / no value of JSON (" + kind + ")");
  if (above.indexOf(value) >= 0) throw refusal("company", path, "\u5305\u542b\u81ea\u8eab / contains itself");
  if (above.length > 100) throw refusal("company", path, "\u5c42\u6b21\u592a\u591a / nested too deeply");
  var inner = above.concat([value]);
  Object.keys(value).forEach(function (name) {
    var place = Array.isArray(value) ? path + "[" + name + "]" : (path ? path + "." : "") + name;
    check(value[name], place, inner);
  });
}

/**
 * The text of a company file. Throws an error with a `code` if something is
 * wrong.
 */
export function textOf(file) {
  if (typeof file !== "string") check(file, "", []);
  var text = typeof file === "string" ? file.replace(/^\ufeff/, "") : JSON.stringify(file) || "null";
  // A text has at least as many bytes as characters.
  if (text.length > MOST) throw refusal("too-large", "", "\u4e00\u5bb6\u4f01\u4e1a\u81f3\u591a 4 MiB\uff0c\u8d85\u51fa\u4e86 / longer than the 4 MiB a company may take");
  return text;
}
