//! Whether a policy can be searched along a lever.

use zice_exact::program::{Dense, Moving, turning_points};
use zice_rules::{Batch, Company, Date, Dictionary, batch::Value, policy::Lever};

use crate::act::slot;

/// The most steps that are looked at.
const STEPS: i128 = 1_000;

/// Whether a policy uses the figures that a lever moves in such a way that it
/// can be told where the rules turn along it: a quotient of products, and no day
/// or product of many. Where it does not, advice can't be exact.
///
/// It is tried on a company whose figures are known and whose answers to
/// everything else are not, so that no branch of a formula is left out.
pub fn follows(batch: &Batch<'_>, lever: &Lever, dictionary: &Dictionary) -> bool {
    let program = batch.program();
    let mut row = batch.row(&Company::blank(dictionary, Date::MIN));
    for (number, place) in (2_i128..).zip(&mut row.numbers) {
        *place = Dense::of(Value::whole(number), &mut row.wide);
    }
    let moving = lever.moves.iter().filter_map(|moved| {
        let slot = slot(batch, dictionary.position(&moved.fact)?)?;
        let value = row.numbers.get(slot)?.value(&row.wide);
        Some(Moving::new(false, slot, &value, moved.by))
    });
    let moving: Vec<Moving> = moving.collect();
    let mut scratch = batch.scratch();
    // What is lost is lost in a register, which is looked at below.
    let _lost = scratch.run(program, &row);
    if let Some(entry) = &row.unseen {
        let _lost = scratch.run_entry(program, &row, entry);
    }
    moving.is_empty() || turning_points(program, &scratch, &moving, (0, STEPS)).is_some()
}
