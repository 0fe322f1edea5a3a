//! A small module, divided and then run in Node; and one that the compiler made
//! of `counterexample.rs`.

use super::*;
use crate::setup::WASM_TARGET;
use crate::tools::cache_dir;
use crate::{npm, panics, process, repo, wasm};
use std::fs;
use std::process::Command;
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, GlobalType, ImportSection,
    Instruction as I, MemArg, MemorySection, MemoryType, NameMap, NameSection, RefType,
    TableSection, TableType, TypeSection, ValType,
};

/// The import, which both parts call.
const DOUBLE: u32 = 0;
/// Exported: what the import, the entry, a closure and a table of methods give.
const MAIN: u32 = 1;
const ENTRY: u32 = 2;
/// Called by the entry alone.
const HELPER: u32 = 3;
/// Called by both parts.
const SHARED: u32 = 4;
/// In the table at 7000, which `MAIN` knows.
const STAYING: u32 = 5;
/// In the table at 7001, which the entry knows.
const MOVING: u32 = 6;
/// In the table at 7002, which stands in the memory at 1012, a method of the
/// vtable at 1000, which `MAIN` knows.
const METHOD: u32 = 7;
/// In the table at 7003, which stands in the memory at 1028, a method of the
/// vtable at 1016, which the entry knows.
const OTHER_METHOD: u32 = 8;

/// In the table at 7004, which stands in the memory at 1040, in the middle of an
/// array at 1036 that `MAIN` knows, with its sign turned; the middle is what the
/// entry knows.
const STEP: u32 = 9;

const TABLE: u32 = 7000;

fn call_slot(number: u32) -> Vec<I<'static>> {
    let slot = I::I32Const(i32::try_from(number).expect("a small number"));
    vec![slot, I::CallIndirect { type_index: 0, table_index: 0 }]
}

fn word(offset: u64) -> MemArg {
    MemArg { offset, align: 2, memory_index: 0 }
}

/// Calls the function whose place in the table stands at an address.
fn call_method(address: i32, offset: u64) -> Vec<I<'static>> {
    vec![
        I::I32Const(address),
        I::I32Load(word(offset)),
        I::CallIndirect { type_index: 0, table_index: 0 },
    ]
}

/// Each gives its argument on, changed in a way of its own.
fn bodies() -> Vec<Vec<I<'static>>> {
    let add = |number: i32| vec![I::LocalGet(0), I::I32Const(number), I::I32Add];
    let mut main = vec![I::LocalGet(0), I::Call(DOUBLE), I::Call(SHARED), I::Call(ENTRY)];
    main.extend(call_slot(TABLE));
    main.extend(call_method(1000, 12));
    // As wasm-opt writes an address where that is shorter.
    main.extend([I::I32Const(0), I::I32Const(-1036), I::I32Sub, I::I32Load(word(4))]);
    main.push(I::CallIndirect { type_index: 0, table_index: 0 });
    // The stack pointer is the first part's.
    main.extend([I::GlobalGet(0), I::I32Add]);
    let mut entry = vec![I::LocalGet(0), I::Call(HELPER), I::Call(DOUBLE), I::Call(SHARED)];
    entry.extend(call_slot(TABLE + 1));
    entry.extend(call_method(1016, 12));
    entry.extend(call_method(1040, 0));
    entry.extend([I::GlobalGet(0), I::I32Const(16), I::I32Sub, I::GlobalSet(0)]);
    let mut all = vec![main, entry];
    all.extend([1, 10, 100, 1000, 10_000, 100_000, 1_000_000].map(add));
    all
}

fn module() -> Vec<u8> {
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    let mut imports = ImportSection::new();
    imports.import("a", "double", EntityType::Function(0));
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for body in bodies() {
        functions.function(0);
        let mut function = Function::new([]);
        for instruction in &body {
            function.instruction(instruction);
        }
        function.instruction(&I::End);
        code.function(&function);
    }
    let mut tables = TableSection::new();
    let minimum = u64::from(TABLE) + 5;
    tables.table(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum,
        maximum: Some(minimum),
        shared: false,
    });
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut globals = GlobalSection::new();
    let pointer = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
    globals.global(pointer, &ConstExpr::i32_const(1 << 20));
    let mut exports = ExportSection::new();
    exports.export("a", ExportKind::Memory, 0).export("b", ExportKind::Func, MAIN);
    let mut elements = ElementSection::new();
    let place = ConstExpr::i32_const(7000);
    let slots = [STAYING, MOVING, METHOD, OTHER_METHOD, STEP];
    elements.active(None, &place, Elements::Functions(slots.as_slice().into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(900), [1]);
    // Without the zeros at their ends, as wasm-opt leaves data.
    let mut put = |address: i32, number: u16| {
        data.active(0, &ConstExpr::i32_const(address), number.to_le_bytes());
    };
    let slot = TABLE as u16;
    // Nothing to drop, a size, an alignment, a method.
    for (address, number) in [(1004, 8), (1008, 4), (1012, slot + 2)] {
        put(address, number);
    }
    for (address, number) in [(1020, 4), (1024, 4), (1028, slot + 3)] {
        put(address, number);
    }
    put(1036, slot);
    put(1040, slot + 4);
    let mut map = NameMap::new();
    map.append(ENTRY, "page::entry::h0123456789abcdef");
    map.append(HELPER, "page::entry::helper");
    let mut names = NameSection::new();
    names.functions(&map);
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&functions).section(&tables);
    module.section(&memories).section(&globals).section(&exports).section(&elements);
    module.section(&code).section(&data).section(&names);
    module.finish()
}

#[test]
fn what_only_the_entry_reaches_moves() {
    let module = module();
    let survey = Survey::read(&module).expect("a module");
    let plan = Plan::new(&survey, &["page::entry"]).expect("a plan");
    let moving = (0..).zip(&plan.moves).filter(|(_, moves)| **moves).map(|(at, _)| at);
    assert_eq!(moving.collect::<Vec<u32>>(), [ENTRY, HELPER, MOVING, OTHER_METHOD]);
}

#[test]
fn an_entry_that_is_not_found_is_an_error() {
    let module = module();
    let wrong = divide(&module, &["page::other"]).err().expect("no such function").to_string();
    assert!(wrong.contains("page::other"), "{wrong}");
    // Nor is one found in a module without names.
    assert!(divide(&without_names(&module).expect("a module"), &["page::entry"]).is_err());
}

#[test]
fn both_parts_together_do_what_the_whole_did_and_the_first_alone_stops() {
    const RUN: &str = "\
const [whole, first, second] = process.argv.slice(1).map(text => Buffer.from(text, 'hex'));
const a = { double: number => 2 * number };
const start = async bytes => (await WebAssembly.instantiate(bytes, { a })).instance.exports;
(async () => {
  const [expected, page] = [await start(whole), await start(first)];
  let early = 'nothing';
  try { page.b(1); } catch (error) { early = error.constructor.name; }
  await WebAssembly.instantiate(second, { p: page });
  console.log(early, [1, 2, 3].map(page.b).join() === [1, 2, 3].map(expected.b).join(), page.b(1) - expected.b(1));
})();";
    let whole = module();
    let parts = divide(&whole, &["page::entry"]).expect("two parts");
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut node = Command::new("node");
    node.args(["-e", RUN, "--"]).args([&whole, &parts.first, &parts.second].map(|it| hex(it)));
    let said = process::output(&mut node).expect("Node runs them");
    assert_eq!(said.trim(), "RuntimeError true 0");
}

/// The crate of `counterexample.rs` as the page is built, with the names of its
/// functions. By cargo, in the checkout, for the flags of `.cargo/config.toml`.
fn counterexample() -> Vec<u8> {
    let folder = repo::target_dir().expect("a target folder").join("split-test");
    fs::create_dir_all(&folder).expect("a folder");
    let source = repo::root().join("xtask/src/split/counterexample.rs");
    let manifest = folder.join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"counterexample\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\
         [workspace]\n[lib]\ncrate-type = [\"cdylib\"]\npath = {source:?}\n\
         [profile.release]\nopt-level = \"z\"\nlto = \"fat\"\ncodegen-units = 1\npanic = \"abort\"\n"
    );
    fs::write(&manifest, text).expect("a manifest");
    let mut cargo = Command::new("cargo");
    cargo.current_dir(repo::root()).args(["build", "--quiet", "--offline", "--release"]);
    cargo.args(["--target", WASM_TARGET, "--manifest-path"]).arg(&manifest);
    cargo.arg("--target-dir").arg(&folder);
    process::run(&mut cargo).expect("it compiles");
    let compiled = folder.join(WASM_TARGET).join("release/counterexample.wasm");
    let modules = npm::node_modules(&cache_dir().expect("a cache")).expect("the npm tools");
    let small = folder.join("small.wasm");
    wasm::optimize(&modules, &compiled, &small).expect("it gets small");
    fs::read(small).expect("a module")
}

#[test]
fn an_array_whose_end_the_entry_knows_and_whose_beginning_the_page_stays_whole() {
    const RUN: &str = "\
const [whole, first, second] = process.argv.slice(1).map(text => Buffer.from(text, 'hex'));
const start = async bytes => (await WebAssembly.instantiate(bytes, {})).instance.exports;
(async () => {
  const [expected, page] = [await start(whole), await start(first)];
  const same = which => [0, 1, 10, 77].every(it => page.page(which, it) === expected.page(which, it));
  const early = [0, 1, 2, 3, 98].map(same).join();
  let entered = 'nothing';
  try { page.page(99, 1); } catch (error) { entered = error.constructor.name; }
  await WebAssembly.instantiate(second, { p: page });
  console.log(early, entered, same(99));
})().catch(error => console.log(String(error)));";
    let whole = counterexample();
    let survey = Survey::read(&whole).expect("a module");
    let named = |part: &str| survey.names.iter().find(|name| name.contains(part));
    let entry = panics::plain(named("report").expect("the entry has a name"));
    let parts = divide(&whole, &[&entry]).expect("two parts");
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut node = Command::new("node");
    node.args(["-e", RUN, "--"]).args([&whole, &parts.first, &parts.second].map(|it| hex(it)));
    let said = process::output(&mut node).expect("Node runs them");
    assert_eq!(said.trim(), "true,true,true,true,true RuntimeError true");
}

#[test]
fn no_global_crosses_the_parts_and_the_table_grows_by_an_entry() {
    let parts = divide(&module(), &["page::entry"]).expect("two parts");
    let first = Survey::read(&parts.first).expect("a module");
    let exported = |kind| first.exports.iter().filter(|export| export.kind == kind).count();
    assert_eq!(exported(wasmparser::ExternalKind::Global), 0);
    assert_eq!(exported(wasmparser::ExternalKind::Table), 1);
    // `MAIN`, the import and `SHARED`, and two for the stack pointer.
    assert_eq!(exported(wasmparser::ExternalKind::Func), 5);
    let table = first.table.expect("a table");
    assert_eq!((table.initial, table.maximum), (7006, Some(7006)));
    assert_eq!(first.slots.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [7000, 7002, 7004]);
    let names: std::collections::BTreeSet<_> = first.exports.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), first.exports.len(), "every name once");
}
