//! Writing the two parts.

use super::plan::Plan;
use super::survey::Survey;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, Encode, EntityType, ExportKind,
    ExportSection, FunctionSection, ImportSection, Instruction, MemoryType, Module, RawSection,
    RefType, StartSection, TableSection, TableType, TypeSection, ValType,
};
use wasmparser::{BinaryReader, ExternalKind, FuncType, FunctionBody, Operator, Parser, Payload};

/// The module under whose name the second part imports from the first.
const FIRST: &str = "p";

/// Both parts of a module, as files.
pub struct Parts {
    /// What starts.
    pub first: Vec<u8>,
    /// What joins it later.
    pub second: Vec<u8>,
}

/// What the first part gives the second: each under the name it is exported by.
struct Bridge {
    memory: String,
    table: String,
    /// Functions that the second part calls.
    functions: BTreeMap<usize, String>,
    /// How it reads and writes each of the globals it uses. A global that can
    /// be written is not exported itself: Chromium 64 refuses that.
    globals: BTreeMap<u32, [String; 2]>,
    /// The places of the table by which the first part enters the second.
    slots: BTreeMap<usize, u32>,
    /// What is exported in addition.
    added: Vec<(String, ExternalKind, usize)>,
}

/// Writes both parts. Custom sections are left out.
pub fn write(survey: &Survey<'_>, plan: &Plan) -> Result<Parts> {
    let bridge = Bridge::new(survey, plan)?;
    Ok(Parts { first: first(survey, plan, &bridge)?, second: second(survey, plan, &bridge)? })
}

impl Bridge {
    fn new(survey: &Survey<'_>, plan: &Plan) -> Result<Bridge> {
        let (mut called, mut globals) = (BTreeSet::new(), BTreeSet::new());
        for (function, _) in moving(survey, plan) {
            let body = survey.body(function).context("a function without a body moves")?;
            called.extend(body.calls.iter().copied().filter(|&it| !moves(plan, it)));
            globals.extend(body.globals.iter().copied());
        }
        let mut names = Names::new(survey);
        let mut added = Vec::new();
        let mut give = |kind: ExternalKind, index: usize| {
            let same = |it: &&wasmparser::Export<'_>| it.kind == kind && it.index as usize == index;
            if let Some(export) = survey.exports.iter().find(same) {
                return export.name.to_owned();
            }
            let name = names.next();
            added.push((name.clone(), kind, index));
            name
        };
        let memory = give(ExternalKind::Memory, 0);
        let table = give(ExternalKind::Table, 0);
        let functions =
            called.into_iter().map(|function| (function, give(ExternalKind::Func, function)));
        let functions = functions.collect();
        let globals =
            globals.into_iter().map(|global| (global, [names.next(), names.next()])).collect();
        let end = u32::try_from(survey.table.context("no table")?.initial)?;
        let slots = plan.entries.iter().copied().zip(end..).collect();
        Ok(Bridge { memory, table, functions, globals, slots, added })
    }
}

/// Short names that are not taken, as the shortest ones are.
struct Names<'a> {
    taken: BTreeSet<&'a str>,
    number: usize,
}

impl<'a> Names<'a> {
    fn new(survey: &Survey<'a>) -> Names<'a> {
        Names { taken: survey.exports.iter().map(|export| export.name).collect(), number: 0 }
    }

    fn next(&mut self) -> String {
        const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        loop {
            let (mut name, mut rest) = (String::new(), self.number);
            loop {
                name.insert(0, char::from(LETTERS[rest % LETTERS.len()]));
                rest /= LETTERS.len();
                if rest == 0 {
                    break;
                }
                rest -= 1;
            }
            self.number += 1;
            if !self.taken.contains(name.as_str()) {
                return name;
            }
        }
    }
}

fn moves(plan: &Plan, function: usize) -> bool {
    plan.moves.get(function).copied().unwrap_or(false)
}

/// The functions of the second part, with the index of each among them.
fn moving<'a>(survey: &Survey<'_>, plan: &'a Plan) -> impl Iterator<Item = (usize, usize)> + 'a {
    let all = 0..survey.functions.len();
    all.filter(|&function| moves(plan, function)).enumerate().map(|(at, function)| (function, at))
}

/// How a function is called from the part that is written.
enum Call {
    Index(u32),
    Slot(u32),
}

/// A part while it is written.
struct Part<'a> {
    survey: &'a Survey<'a>,
    types: Vec<FuncType>,
    functions: FunctionSection,
    code: CodeSection,
    calls: BTreeMap<usize, Call>,
    /// Functions that read and write a global.
    globals: BTreeMap<u32, [u32; 2]>,
}

impl<'a> Part<'a> {
    fn new(survey: &'a Survey<'a>) -> Part<'a> {
        Part {
            survey,
            types: Vec::new(),
            functions: FunctionSection::new(),
            code: CodeSection::new(),
            calls: BTreeMap::new(),
            globals: BTreeMap::new(),
        }
    }

    /// The index of a type in this part.
    fn ty(&mut self, ty: &FuncType) -> u32 {
        let at = self.types.iter().position(|other| other == ty).unwrap_or_else(|| {
            self.types.push(ty.clone());
            self.types.len() - 1
        });
        at as u32
    }

    fn type_of(&mut self, function: usize) -> Result<u32> {
        let survey = self.survey;
        let at = *survey.functions.get(function).context("a call of no function")?;
        self.same_type(at)
    }

    /// The index in this part of a type of the whole.
    fn same_type(&mut self, at: u32) -> Result<u32> {
        let survey = self.survey;
        Ok(self.ty(survey.types.get(at as usize).context("a type that is not there")?))
    }

    fn index(&self, function: usize) -> Result<u32> {
        match self.calls.get(&function) {
            Some(Call::Index(index)) => Ok(*index),
            _ => anyhow::bail!("a function of the other part"),
        }
    }

    /// Adds the body of a function, with what it names renamed.
    fn add(&mut self, function: usize) -> Result<()> {
        let ty = self.type_of(function)?;
        self.functions.function(ty);
        let body = self.survey.body(function).context("a function without a body")?;
        let bytes = &self.survey.wasm[body.range.clone()];
        let mut operators =
            FunctionBody::new(BinaryReader::new(bytes, 0)).get_operators_reader()?;
        let mut code = bytes[..operators.original_position()].to_vec();
        while !operators.eof() {
            let start = operators.original_position();
            let operator = operators.read()?;
            match operator {
                Operator::Call { function_index } => {
                    let function = function_index as usize;
                    match self.calls.get(&function).context("a call across the parts")? {
                        Call::Index(index) => Instruction::Call(*index).encode(&mut code),
                        Call::Slot(slot) => {
                            Instruction::I32Const(slot.cast_signed()).encode(&mut code);
                            let type_index = self.type_of(function)?;
                            let table_index = 0;
                            Instruction::CallIndirect { type_index, table_index }.encode(&mut code);
                        }
                    }
                }
                Operator::CallIndirect { type_index, table_index } => {
                    let type_index = self.same_type(type_index)?;
                    Instruction::CallIndirect { type_index, table_index }.encode(&mut code);
                }
                Operator::GlobalGet { global_index }
                    if self.globals.contains_key(&global_index) =>
                {
                    Instruction::Call(self.globals[&global_index][0]).encode(&mut code);
                }
                Operator::GlobalSet { global_index }
                    if self.globals.contains_key(&global_index) =>
                {
                    Instruction::Call(self.globals[&global_index][1]).encode(&mut code);
                }
                _ => code.extend_from_slice(&bytes[start..operators.original_position()]),
            }
        }
        self.code.raw(&code);
        Ok(())
    }

    /// Adds a function of a few instructions.
    fn add_small(&mut self, ty: &FuncType, instructions: &[Instruction<'_>]) {
        let ty = self.ty(ty);
        self.functions.function(ty);
        let mut function = wasm_encoder::Function::new([]);
        for instruction in instructions {
            function.instruction(instruction);
        }
        function.instruction(&Instruction::End);
        self.code.function(&function);
    }

    fn type_section(&self) -> Result<TypeSection> {
        let mut section = TypeSection::new();
        for ty in &self.types {
            let params = ty.params().iter().map(|&ty| value(ty)).collect::<Result<Vec<_>>>()?;
            let results = ty.results().iter().map(|&ty| value(ty)).collect::<Result<Vec<_>>>()?;
            section.ty().function(params, results);
        }
        Ok(section)
    }

    /// The table's content, in runs of places beside each other.
    fn elements(&self, slots: &[(u32, usize)]) -> Result<ElementSection> {
        let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
        for &(slot, function) in slots {
            let index = self.index(function)?;
            match runs.last_mut() {
                Some((start, run)) if *start + run.len() as u32 == slot => run.push(index),
                _ => runs.push((slot, vec![index])),
            }
        }
        let mut section = ElementSection::new();
        for (start, run) in runs {
            let start = ConstExpr::i32_const(start.cast_signed());
            section.active(None, &start, Elements::Functions(run.into()));
        }
        Ok(section)
    }
}

fn first(survey: &Survey<'_>, plan: &Plan, bridge: &Bridge) -> Result<Vec<u8>> {
    let mut part = Part::new(survey);
    let stays = (0..survey.functions.len()).filter(|&function| !moves(plan, function));
    let stays: Vec<usize> = stays.collect();
    part.calls = stays.iter().copied().zip((0..).map(Call::Index)).collect();
    part.calls.extend(bridge.slots.iter().map(|(function, slot)| (*function, Call::Slot(*slot))));
    let mut imports = ImportSection::new();
    for payload in Parser::new(0).parse_all(survey.wasm) {
        if let Payload::ImportSection(section) = payload? {
            for (function, import) in section.into_imports().enumerate() {
                let import = import?;
                let ty = EntityType::Function(part.type_of(function)?);
                imports.import(import.module, import.name, ty);
            }
        }
    }
    for &function in stays.iter().filter(|&&function| function >= survey.imported) {
        part.add(function)?;
    }
    let mut exports = ExportSection::new();
    for export in &survey.exports {
        let index = match export.kind {
            ExternalKind::Func => part.index(export.index as usize)?,
            _ => export.index,
        };
        exports.export(export.name, kind(export.kind)?, index);
    }
    for (name, external, index) in &bridge.added {
        let index = match external {
            ExternalKind::Func => part.index(*index)?,
            _ => u32::try_from(*index)?,
        };
        exports.export(name, kind(*external)?, index);
    }
    let mut next = u32::try_from(stays.len())?;
    for (&global, [get, set]) in &bridge.globals {
        let ty = *survey.globals.get(global as usize).context("a global that is not there")?;
        part.add_small(&FuncType::new([], [ty]), &[Instruction::GlobalGet(global)]);
        let write = [Instruction::LocalGet(0), Instruction::GlobalSet(global)];
        part.add_small(&FuncType::new([ty], []), &write);
        exports.export(get, ExportKind::Func, next).export(set, ExportKind::Func, next + 1);
        next += 2;
    }
    let slots = survey.slots.iter().copied().filter(|(_, function)| !moves(plan, *function));
    let elements = part.elements(&slots.collect::<Vec<_>>())?;

    let mut tables = TableSection::new();
    tables.table(table(survey, bridge, true)?);
    let mut module = Module::new();
    module.section(&part.type_section()?);
    for payload in Parser::new(0).parse_all(survey.wasm) {
        let payload = payload?;
        match &payload {
            Payload::ImportSection(_) => drop(module.section(&imports)),
            Payload::FunctionSection(_) => drop(module.section(&part.functions)),
            Payload::TableSection(_) => drop(module.section(&tables)),
            Payload::ExportSection(_) => drop(module.section(&exports)),
            Payload::StartSection { func, .. } => {
                let function_index = part.index(*func as usize)?;
                module.section(&StartSection { function_index });
            }
            Payload::ElementSection(_) => drop(module.section(&elements)),
            Payload::CodeSectionStart { .. } => drop(module.section(&part.code)),
            Payload::MemorySection(_) | Payload::GlobalSection(_) | Payload::DataSection(_) => {
                let (id, range) = payload.as_section().context("a section")?;
                module.section(&RawSection { id, data: &survey.wasm[range] });
            }
            _ => {}
        }
    }
    Ok(module.finish())
}

fn second(survey: &Survey<'_>, plan: &Plan, bridge: &Bridge) -> Result<Vec<u8>> {
    let mut part = Part::new(survey);
    let mut imports = ImportSection::new();
    let memory = MemoryType {
        minimum: survey.pages,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import(FIRST, &bridge.memory, memory);
    imports.import(FIRST, &bridge.table, table(survey, bridge, false)?);
    let mut next = 0;
    for (&function, name) in &bridge.functions {
        imports.import(FIRST, name, EntityType::Function(part.type_of(function)?));
        part.calls.insert(function, Call::Index(next));
        next += 1;
    }
    for (&global, [get, set]) in &bridge.globals {
        let ty = *survey.globals.get(global as usize).context("a global that is not there")?;
        let types = [FuncType::new([], [ty]), FuncType::new([ty], [])];
        for (name, ty) in [get, set].into_iter().zip(&types) {
            imports.import(FIRST, name, EntityType::Function(part.ty(ty)));
        }
        part.globals.insert(global, [next, next + 1]);
        next += 2;
    }
    for (function, at) in moving(survey, plan) {
        part.calls.insert(function, Call::Index(next + u32::try_from(at)?));
    }
    for (function, _) in moving(survey, plan) {
        part.add(function)?;
    }
    let slots = survey.slots.iter().copied().filter(|(_, function)| moves(plan, *function));
    let entries = bridge.slots.iter().map(|(&function, &slot)| (slot, function));
    let elements = part.elements(&slots.chain(entries).collect::<Vec<_>>())?;
    let mut module = Module::new();
    module.section(&part.type_section()?).section(&imports).section(&part.functions);
    module.section(&elements).section(&part.code);
    Ok(module.finish())
}

/// The table with a place for each entry; an import may leave its end open.
fn table(survey: &Survey<'_>, bridge: &Bridge, bounded: bool) -> Result<TableType> {
    let table = survey.table.context("no table")?;
    let added = bridge.slots.len() as u64;
    Ok(TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: table.initial + added,
        maximum: table.maximum.filter(|_| bounded).map(|maximum| maximum + added),
        shared: false,
    })
}

fn kind(kind: ExternalKind) -> Result<ExportKind> {
    Ok(match kind {
        ExternalKind::Func => ExportKind::Func,
        ExternalKind::Table => ExportKind::Table,
        ExternalKind::Memory => ExportKind::Memory,
        ExternalKind::Global => ExportKind::Global,
        other => anyhow::bail!("{other:?} is exported"),
    })
}

fn value(ty: wasmparser::ValType) -> Result<ValType> {
    Ok(match ty {
        wasmparser::ValType::I32 => ValType::I32,
        wasmparser::ValType::I64 => ValType::I64,
        wasmparser::ValType::F32 => ValType::F32,
        wasmparser::ValType::F64 => ValType::F64,
        other => anyhow::bail!("{other} in a type"),
    })
}
