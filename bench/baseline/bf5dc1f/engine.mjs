/**
 * The dictionary, the list of all policies, and those that were loaded.
 */
export class Engine {
    __destroy_into_raw() {
        const ptr = this.__wbg_ptr;
        this.__wbg_ptr = 0;
        EngineFinalization.unregister(this);
        return ptr;
    }
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.d(ptr, 0);
    }
    /**
     * Loads a policy.
     *
     * # Errors
     * When it can't be used, or is not the one in the list.
     * @param {string} policy
     */
    add(policy) {
        try {
            const retptr = wasm.k(-16) >>> 0;
            const ptr0 = passStringToWasm0(policy, wasm.l, wasm.m);
            const len0 = WASM_VECTOR_LEN;
            wasm.e(retptr, this.__wbg_ptr, ptr0, len0);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            if (r1) {
                throw takeObject(r0);
            }
        } finally {
            wasm.k(16);
        }
    }
    /**
     * The reports about a company file, as a JSON array.
     *
     * `policies` are one a line, `id@edition`, or `id` for the edition of the
     * day; none asks every programme. `today` is the day of application where
     * the file has none; `as_of`, unless empty, is it whatever the file says.
     *
     * # Errors
     * When the company or a policy can't be used.
     * @param {string} company
     * @param {string} policies
     * @param {string} lang
     * @param {string} today
     * @param {string} as_of
     * @returns {string}
     */
    assess(company, policies, lang, today, as_of) {
        let deferred7_0;
        let deferred7_1;
        try {
            const retptr = wasm.k(-16) >>> 0;
            let ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3, ptr4, len4;
            try {
                ptr0 = passStringToWasm0(company, wasm.l, wasm.m);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passStringToWasm0(policies, wasm.l, wasm.m);
                len1 = WASM_VECTOR_LEN;
                ptr2 = passStringToWasm0(lang, wasm.l, wasm.m);
                len2 = WASM_VECTOR_LEN;
                ptr3 = passStringToWasm0(today, wasm.l, wasm.m);
                len3 = WASM_VECTOR_LEN;
                ptr4 = passStringToWasm0(as_of, wasm.l, wasm.m);
                len4 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr4) { wasm.n(ptr4, len4 * 1, 1); }
                if (ptr3) { wasm.n(ptr3, len3 * 1, 1); }
                if (ptr2) { wasm.n(ptr2, len2 * 1, 1); }
                if (ptr1) { wasm.n(ptr1, len1 * 1, 1); }
                if (ptr0) { wasm.n(ptr0, len0 * 1, 1); }
                throw e;
            }
            wasm.f(retptr, this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, ptr3, len3, ptr4, len4);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            var r3 = getDataViewMemory0().getInt32(retptr + 4 * 3, true);
            var ptr6 = r0;
            var len6 = r1;
            if (r3) {
                ptr6 = 0; len6 = 0;
                throw takeObject(r2);
            }
            deferred7_0 = ptr6;
            deferred7_1 = len6;
            return getStringFromWasm0(ptr6, len6);
        } finally {
            wasm.k(16);
            wasm.n(deferred7_0, deferred7_1, 1);
        }
    }
    /**
     * One key in the page, `times` times: assesses a company that was read
     * before and finds what is worth asking, without a report. How many
     * questions that were, so that no compiler finds the work useless.
     *
     * # Errors
     * When the company can't be used, or the policy was not loaded.
     * @param {string} company
     * @param {string} policy
     * @param {string} today
     * @param {number} times
     * @returns {number}
     */
    key(company, policy, today, times) {
        try {
            const retptr = wasm.k(-16) >>> 0;
            const val4 = +times;
            let ptr0, len0, ptr1, len1, ptr2, len2;
            try {
                ptr0 = passStringToWasm0(company, wasm.l, wasm.m);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passStringToWasm0(policy, wasm.l, wasm.m);
                len1 = WASM_VECTOR_LEN;
                ptr2 = passStringToWasm0(today, wasm.l, wasm.m);
                len2 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr2) { wasm.n(ptr2, len2 * 1, 1); }
                if (ptr1) { wasm.n(ptr1, len1 * 1, 1); }
                if (ptr0) { wasm.n(ptr0, len0 * 1, 1); }
                throw e;
            }
            wasm.g(retptr, this.__wbg_ptr, ptr0, len0, ptr1, len1, ptr2, len2, val4);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeObject(r1);
            }
            return r0 >>> 0;
        } finally {
            wasm.k(16);
        }
    }
    /**
     * An engine without policies, from `facts.json` and `index.json`.
     *
     * # Errors
     * When one of them can't be used.
     * @param {string} facts
     * @param {string} index
     */
    constructor(facts, index) {
        try {
            const retptr = wasm.k(-16) >>> 0;
            let ptr0, len0, ptr1, len1;
            try {
                ptr0 = passStringToWasm0(facts, wasm.l, wasm.m);
                len0 = WASM_VECTOR_LEN;
                ptr1 = passStringToWasm0(index, wasm.l, wasm.m);
                len1 = WASM_VECTOR_LEN;
            } catch (e) {
                if (ptr1) { wasm.n(ptr1, len1 * 1, 1); }
                if (ptr0) { wasm.n(ptr0, len0 * 1, 1); }
                throw e;
            }
            wasm.h(retptr, ptr0, len0, ptr1, len1);
            var r0 = getDataViewMemory0().getInt32(retptr + 4 * 0, true);
            var r1 = getDataViewMemory0().getInt32(retptr + 4 * 1, true);
            var r2 = getDataViewMemory0().getInt32(retptr + 4 * 2, true);
            if (r2) {
                throw takeObject(r1);
            }
            this.__wbg_ptr = r0;
            EngineFinalization.register(this, this.__wbg_ptr, this);
            return this;
        } finally {
            wasm.k(16);
        }
    }
}
if (Symbol.dispose) Engine.prototype[Symbol.dispose] = Engine.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
a: function(arg0, arg1) {
            throw new Error(getStringFromWasm0(arg0, arg1));
        },
b: function(arg0, arg1) {
            // Cast intrinsic for `Ref(String) -> Externref`.
            const ret = getStringFromWasm0(arg0, arg1);
            return addHeapObject(ret);
        },
    };
    return {
        __proto__: null,
        "a": import0,
    };
}

const EngineFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.d(ptr, 1));

function addHeapObject(obj) {
    if (heap_next === heap.length) heap.push(heap.length + 1);
    const idx = heap_next;
    heap_next = heap[idx];

    heap[idx] = obj;
    return idx;
}

function dropObject(idx) {
    if (idx < 1028) return;
    heap[idx] = heap_next;
    heap_next = idx;
}

let cachedDataViewMemory0 = null;
function getDataViewMemory0() {
    if (cachedDataViewMemory0 === null || cachedDataViewMemory0.buffer.detached === true || (cachedDataViewMemory0.buffer.detached === undefined && cachedDataViewMemory0.buffer !== wasm.c.buffer)) {
        cachedDataViewMemory0 = new DataView(wasm.c.buffer);
    }
    return cachedDataViewMemory0;
}

function getStringFromWasm0(ptr, len) {
    ptr = ptr >>> 0;
    return decodeText(getUint8ArrayMemory0().subarray(ptr, ptr + len));
}

let cachedUint8ArrayMemory0 = null;
function getUint8ArrayMemory0() {
    if (cachedUint8ArrayMemory0 === null || cachedUint8ArrayMemory0.buffer !== wasm.c.buffer) {
        cachedUint8ArrayMemory0 = new Uint8Array(wasm.c.buffer);
    }
    return cachedUint8ArrayMemory0;
}

function getObject(idx) { return heap[idx]; }

let heap = new Array(1024).fill(undefined);
heap.push(undefined, null, true, false);

let heap_next = heap.length;

function passStringToWasm0(arg, malloc, realloc) {
    if (realloc === undefined) {
        const buf = cachedTextEncoder.encode(arg);
        const ptr = malloc(buf.length, 1) >>> 0;
        getUint8ArrayMemory0().subarray(ptr, ptr + buf.length).set(buf);
        WASM_VECTOR_LEN = buf.length;
        return ptr;
    }

    let len = arg.length;
    let ptr = malloc(len, 1) >>> 0;

    const mem = getUint8ArrayMemory0();

    let offset = 0;

    for (; offset < len; offset++) {
        const code = arg.charCodeAt(offset);
        if (code > 0x7F) break;
        mem[ptr + offset] = code;
    }
    if (offset !== len) {
        if (offset !== 0) {
            arg = arg.slice(offset);
        }
        ptr = realloc(ptr, len, len = offset + arg.length * 3, 1) >>> 0;
        const view = getUint8ArrayMemory0().subarray(ptr + offset, ptr + len);
        const ret = cachedTextEncoder.encodeInto(arg, view);

        offset += ret.written;
        ptr = realloc(ptr, len, offset, 1) >>> 0;
    }

    WASM_VECTOR_LEN = offset;
    return ptr;
}

function takeObject(idx) {
    const ret = getObject(idx);
    dropObject(idx);
    return ret;
}

let cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
cachedTextDecoder.decode();
const MAX_SAFARI_DECODE_BYTES = 2146435072;
let numBytesDecoded = 0;
function decodeText(bytes) {
    numBytesDecoded += bytes.length;
    if (numBytesDecoded >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        cachedTextDecoder.decode();
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}

const cachedTextEncoder = new TextEncoder();

if (!('encodeInto' in cachedTextEncoder)) {
    cachedTextEncoder.encodeInto = function (arg, view) {
        const buf = cachedTextEncoder.encode(arg);
        view.set(buf);
        return {
            read: arg.length,
            written: buf.length
        };
    };
}

let WASM_VECTOR_LEN = 0;

let wasmModule, wasmInstance, wasm;
function __wbg_finalize_init(instance, module) {
    wasmInstance = instance;
    wasm = instance.exports;
    wasmModule = module;
    cachedDataViewMemory0 = null;
    cachedUint8ArrayMemory0 = null;
    return wasm;
}

async function __wbg_load(module, imports) {
    if (typeof Response === 'function' && module instanceof Response) {
        if (!module.ok) {
            throw new Error(`failed to fetch Wasm: ${module.status} ${module.statusText} fetching '${module.url}'`);
        }

        if (typeof WebAssembly.instantiateStreaming === 'function') {
            try {
                return await WebAssembly.instantiateStreaming(module, imports);
            } catch (e) {
                const validResponse = expectedResponseType(module.type);

                if (validResponse && module.headers.get('Content-Type') !== 'application/wasm') {
                    console.warn("`WebAssembly.instantiateStreaming` failed because your server does not serve Wasm with `application/wasm` MIME type. Falling back to `WebAssembly.instantiate` which is slower. Original error:\n", e);

                } else { throw e; }
            }
        }

        const bytes = await module.arrayBuffer();
        return await WebAssembly.instantiate(bytes, imports);
    } else {
        const instance = await WebAssembly.instantiate(module, imports);

        if (instance instanceof WebAssembly.Instance) {
            return { instance, module };
        } else {
            return instance;
        }
    }

    function expectedResponseType(type) {
        switch (type) {
            case 'basic': case 'cors': case 'default': return true;
        }
        return false;
    }
}

function initSync(module) {
    if (wasm !== undefined) return wasm;


    if (module !== undefined) {
        if (Object.getPrototypeOf(module) === Object.prototype) {
            ({module} = module)
        } else {
            console.warn('using deprecated parameters for `initSync()`; pass a single object instead')
        }
    }

    const imports = __wbg_get_imports();
    if (!(module instanceof WebAssembly.Module)) {
        module = new WebAssembly.Module(module);
    }
    const instance = new WebAssembly.Instance(module, imports);
    return __wbg_finalize_init(instance, module);
}

let __wbg_init_promise;
async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (__wbg_init_promise === undefined) {
        __wbg_init_promise = __wbg_init_once(module_or_path);
        __wbg_init_promise.catch(() => { __wbg_init_promise = undefined; });
    }
    return __wbg_init_promise;
}

async function __wbg_init_once(module_or_path) {

    if (module_or_path !== undefined) {
        if (Object.getPrototypeOf(module_or_path) === Object.prototype) {
            ({module_or_path} = module_or_path)
        } else {
            console.warn('using deprecated parameters for the initialization function; pass a single object instead')
        }
    }

    if (module_or_path === undefined) {
        module_or_path = new URL('engine_bg.wasm', import.meta.url);
    }
    const imports = __wbg_get_imports();

    if (typeof module_or_path === 'string' || (typeof Request === 'function' && module_or_path instanceof Request) || (typeof URL === 'function' && module_or_path instanceof URL)) {
        module_or_path = fetch(module_or_path);
    }

    const { instance, module } = await __wbg_load(await module_or_path, imports);

    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
