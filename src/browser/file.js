// "Save as", by the browser's own download. Here and not in Rust because each
// call of the browser's from there costs more bytes than all of this.

/** Hands a text to the user as a file. */
export function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
