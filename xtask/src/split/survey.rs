//! What a module is made of, as far as dividing it needs to know.

use anyhow::{Context, Result, bail, ensure};
use std::ops::Range;
use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, Export, FuncType, FunctionBody, KnownCustom,
    Name, Operator, Parser, Payload, TableType, TypeRef, ValType,
};

/// A module with one memory and one table, as wasm-opt leaves it.
#[derive(Default)]
pub struct Survey<'a> {
    /// The whole file.
    pub wasm: &'a [u8],
    /// The types of functions.
    pub types: Vec<FuncType>,
    /// How many functions are imported; their indices come first.
    pub imported: usize,
    /// The type of each function, the imported ones first.
    pub functions: Vec<u32>,
    /// The body of each function that is not imported.
    pub bodies: Vec<Body>,
    /// The one table.
    pub table: Option<TableType>,
    /// The least size of the memory, in pages.
    pub pages: u64,
    /// The type of each global.
    pub globals: Vec<ValType>,
    /// What is exported.
    pub exports: Vec<Export<'a>>,
    /// The function that is called at the start.
    pub start: Option<usize>,
    /// Which function stands in which place of the table.
    pub slots: Vec<(u32, usize)>,
    /// The memory's first content.
    pub data: Image,
    /// The name of each function, empty where it has none.
    pub names: Vec<&'a str>,
}

/// A function's body.
#[derive(Default)]
pub struct Body {
    /// Where it lies in the file.
    pub range: Range<usize>,
    /// The functions that it calls by their index.
    pub calls: Vec<usize>,
    /// The globals that it reads or writes.
    pub globals: Vec<u32>,
    /// The numbers that stand in it and could be addresses, or places of the
    /// table.
    pub numbers: Vec<u32>,
}

/// The memory's first content in one piece. The file has it without the zeros
/// in it, also those at the end of a word.
#[derive(Default)]
pub struct Image {
    pieces: Vec<(u32, Vec<u8>)>,
}

impl Image {
    fn put(&mut self, address: u32, data: &[u8]) {
        self.pieces.push((address, data.to_vec()));
    }

    /// Whether an address lies in it.
    pub fn has(&self, address: u32) -> bool {
        let Some((first, last)) = self.bounds() else { return false };
        (first..last).contains(&address)
    }

    /// Its words, each with its address.
    pub fn words(&self) -> Vec<(u32, u32)> {
        let Some((first, last)) = self.bounds() else { return Vec::new() };
        let first = first / 4 * 4;
        let mut words = vec![[0; 4]; (last - first).div_ceil(4) as usize];
        for (address, data) in &self.pieces {
            for (at, byte) in (address - first..).zip(data) {
                words[at as usize / 4][at as usize % 4] = *byte;
            }
        }
        (first..).step_by(4).zip(words.into_iter().map(u32::from_le_bytes)).collect()
    }

    fn bounds(&self) -> Option<(u32, u32)> {
        let end = |(address, data): &(u32, Vec<u8>)| address + data.len() as u32;
        let first = self.pieces.iter().map(|(address, _)| *address).min()?;
        Some((first, self.pieces.iter().map(end).max()?))
    }
}

impl<'a> Survey<'a> {
    /// Reads a module.
    pub fn read(wasm: &'a [u8]) -> Result<Survey<'a>> {
        let mut survey = Survey { wasm, ..Survey::default() };
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(types) => {
                    for ty in types.into_iter_err_on_gc_types() {
                        survey.types.push(ty?);
                    }
                }
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let TypeRef::Func(ty) = import?.ty else {
                            bail!("something else than a function is imported")
                        };
                        survey.functions.push(ty);
                    }
                    survey.imported = survey.functions.len();
                }
                Payload::FunctionSection(functions) => {
                    for ty in functions {
                        survey.functions.push(ty?);
                    }
                }
                Payload::TableSection(tables) => {
                    for table in tables {
                        ensure!(survey.table.is_none(), "there are several tables");
                        survey.table = Some(table?.ty);
                    }
                }
                Payload::MemorySection(memories) => {
                    for memory in memories {
                        survey.pages = memory?.initial;
                    }
                }
                Payload::GlobalSection(globals) => {
                    for global in globals {
                        survey.globals.push(global?.ty.content_type);
                    }
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        survey.exports.push(export?);
                    }
                }
                Payload::StartSection { func, .. } => survey.start = Some(usize::try_from(func)?),
                Payload::ElementSection(elements) => {
                    for element in elements {
                        survey.read_element(element?)?;
                    }
                }
                Payload::DataSection(data) => {
                    for data in data {
                        let data = data?;
                        let DataKind::Active { offset_expr, .. } = data.kind else {
                            bail!("a piece of data without a place")
                        };
                        survey.data.put(constant(&offset_expr)?, data.data);
                    }
                }
                Payload::CodeSectionEntry(body) => survey.bodies.push(Body::read(&body)?),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(section) = section.as_known() {
                        for name in section {
                            if let Name::Function(functions) = name? {
                                names.extend(functions);
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        survey.names = vec![""; survey.functions.len()];
        for name in names {
            let name = name?;
            let place = survey.names.get_mut(usize::try_from(name.index)?);
            *place.context("a name of no function")? = name.name;
        }
        Ok(survey)
    }

    fn read_element(&mut self, element: wasmparser::Element<'_>) -> Result<()> {
        let ElementKind::Active { offset_expr, .. } = element.kind else {
            bail!("a piece of the table without a place")
        };
        let ElementItems::Functions(functions) = element.items else {
            bail!("expressions in the table")
        };
        for (slot, function) in (constant(&offset_expr)?..).zip(functions) {
            self.slots.push((slot, usize::try_from(function?)?));
        }
        Ok(())
    }

    /// The body of a function; nothing for one that is imported.
    pub fn body(&self, function: usize) -> Option<&Body> {
        self.bodies.get(function.checked_sub(self.imported)?)
    }
}

impl Body {
    fn read(body: &FunctionBody<'_>) -> Result<Body> {
        let mut read = Body { range: body.range(), ..Body::default() };
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => {
                    read.calls.push(usize::try_from(function_index)?);
                }
                Operator::GlobalGet { global_index } | Operator::GlobalSet { global_index } => {
                    read.globals.push(global_index);
                }
                Operator::I32Const { value } => {
                    read.numbers.push(value.cast_unsigned());
                    // wasm-opt writes `a + 2^20` as `a - -2^20`, which is shorter.
                    if value < 0 {
                        read.numbers.push(value.wrapping_neg().cast_unsigned());
                    }
                }
                // Two pointers beside each other are often written as one.
                Operator::I64Const { value } => {
                    let bits = value.cast_unsigned();
                    let low = u32::try_from(bits & u64::from(u32::MAX))?;
                    read.numbers.extend([low, u32::try_from(bits >> 32)?]);
                }
                operator => {
                    if let Some(offset) = offset(&operator) {
                        read.numbers.push(u32::try_from(offset)?);
                    }
                }
            }
        }
        read.numbers.sort_unstable();
        read.numbers.dedup();
        read.calls.sort_unstable();
        read.calls.dedup();
        Ok(read)
    }
}

/// What is added to the address where memory is read or written: the address
/// of an array, when the other part is the place in it.
fn offset(operator: &Operator<'_>) -> Option<u64> {
    use Operator as O;
    match operator {
        O::I32Load { memarg }
        | O::I64Load { memarg }
        | O::F32Load { memarg }
        | O::F64Load { memarg }
        | O::I32Load8S { memarg }
        | O::I32Load8U { memarg }
        | O::I32Load16S { memarg }
        | O::I32Load16U { memarg }
        | O::I64Load8S { memarg }
        | O::I64Load8U { memarg }
        | O::I64Load16S { memarg }
        | O::I64Load16U { memarg }
        | O::I64Load32S { memarg }
        | O::I64Load32U { memarg }
        | O::I32Store { memarg }
        | O::I64Store { memarg }
        | O::F32Store { memarg }
        | O::F64Store { memarg }
        | O::I32Store8 { memarg }
        | O::I32Store16 { memarg }
        | O::I64Store8 { memarg }
        | O::I64Store16 { memarg }
        | O::I64Store32 { memarg } => Some(memarg.offset),
        _ => None,
    }
}

/// The value of a constant expression.
fn constant(expression: &ConstExpr<'_>) -> Result<u32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        other => bail!("{other:?} says where something lies"),
    }
}
