// Stands behind the glue of wasm-bindgen, whose names it uses.
export function freeClosure(closure) {
    const place = closure._wbg_cb_unref ? heap.indexOf(closure) : -1;
    if (place < 0) return;
    closure._wbg_cb_unref();
    dropObject(place);
}
