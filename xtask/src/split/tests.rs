//! A small module, divided and then run in Node.

use super::*;
use crate::process;
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
/// In the table at 7002, which stands in the memory at 1004, behind an address
/// that `MAIN` knows.
const METHOD: u32 = 7;
/// In the table at 7003, which stands in the memory at 1020, behind an address
/// that the entry knows.
const OTHER_METHOD: u32 = 8;

const TABLE: u32 = 7000;

fn call_slot(number: u32) -> Vec<I<'static>> {
    let slot = I::I32Const(i32::try_from(number).expect("a small number"));
    vec![slot, I::CallIndirect { type_index: 0, table_index: 0 }]
}

/// Calls the function whose place in the table stands at an address.
fn call_method(address: i32, offset: u64) -> Vec<I<'static>> {
    let load = I::I32Load(MemArg { offset, align: 2, memory_index: 0 });
    vec![I::I32Const(address), load, I::CallIndirect { type_index: 0, table_index: 0 }]
}

/// Each gives its argument on, changed in a way of its own.
fn bodies() -> Vec<Vec<I<'static>>> {
    let add = |number: i32| vec![I::LocalGet(0), I::I32Const(number), I::I32Add];
    let mut main = vec![I::LocalGet(0), I::Call(DOUBLE), I::Call(SHARED), I::Call(ENTRY)];
    main.extend(call_slot(TABLE));
    main.extend(call_method(1000, 4));
    // The stack pointer is the first part's.
    main.extend([I::GlobalGet(0), I::I32Add]);
    let mut entry = vec![I::LocalGet(0), I::Call(HELPER), I::Call(DOUBLE), I::Call(SHARED)];
    entry.extend(call_slot(TABLE + 1));
    entry.extend(call_method(1016, 4));
    entry.extend([I::GlobalGet(0), I::I32Const(16), I::I32Sub, I::GlobalSet(0)]);
    vec![main, entry, add(1), add(10), add(100), add(1000), add(10_000), add(100_000)]
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
    let minimum = u64::from(TABLE) + 4;
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
    let slots = [STAYING, MOVING, METHOD, OTHER_METHOD];
    elements.active(None, &place, Elements::Functions(slots.as_slice().into()));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(900), [1]);
    // Without the zeros at their ends, as wasm-opt leaves data.
    data.active(0, &ConstExpr::i32_const(1004), (TABLE as u16 + 2).to_le_bytes());
    data.active(0, &ConstExpr::i32_const(1020), (TABLE as u16 + 3).to_le_bytes());
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
    assert_eq!((table.initial, table.maximum), (7005, Some(7005)));
    assert_eq!(first.slots.iter().map(|(slot, _)| *slot).collect::<Vec<_>>(), [7000, 7002]);
    let names: std::collections::BTreeSet<_> = first.exports.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), first.exports.len(), "every name once");
}
