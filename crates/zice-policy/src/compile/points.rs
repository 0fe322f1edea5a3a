//! Compiles points: bands, conditions that bring points, and totals.

use core::ops::Range;

use toml::Spanned;
use zice_rules::{
    formula::Number,
    fraction::Fraction,
    place::CriterionAt,
    policy::{self, Band, Banded, Basis, Measure, Part, PointsWhen, Rule},
};

use super::{Compiler, unit_of};
use crate::{
    formula::{self, Scope, TableBuilder, Typed, Unit},
    policy_file::{BandPoints, BasisFile, CriterionFile, TotalFile},
    tree,
};

impl Compiler<'_> {
    pub(super) fn total(&mut self, criterion: &CriterionFile, file: &TotalFile) -> Rule {
        let singles = file
            .of
            .iter()
            .map(|id| Part { of: self.part(id).into_iter().collect(), cap: None })
            .collect::<Vec<Part>>();
        let groups = file.capped.iter().map(|group| Part {
            of: group.of.iter().filter_map(|id| self.part(id)).collect(),
            cap: Some(group.cap),
        });
        let of: Vec<Part> = singles.into_iter().chain(groups.collect::<Vec<Part>>()).collect();
        let most = |part: &Part| {
            let sum: u32 = part.of.iter().map(|at| self.most(*at)).sum();
            part.cap.map_or(sum, |cap| sum.min(u32::from(cap)))
        };
        let sum: u32 = of.iter().map(most).sum();
        if sum != u32::from(file.out_of) {
            self.report(
                criterion.id.span(),
                format!(
                    "满分 {} 与各项之和 {sum} 不符 / out_of is not the sum of its parts",
                    file.out_of
                ),
            );
        }
        if file.needs > file.out_of || (file.strict && file.needs == file.out_of) {
            self.report(criterion.id.span(), "满分也达不到要求 / the total can never pass");
        }
        Rule::Total {
            of,
            out_of: file.out_of,
            needs: file.needs,
            strict: file.strict,
            also: file.also.as_ref().map(|it| self.condition(it)),
        }
    }

    /// The most points that an earlier criterion can bring.
    fn most(&self, at: CriterionAt) -> u32 {
        self.out_of.get(at.place()).copied().map_or(0, u32::from)
    }

    fn part(&mut self, id: &Spanned<String>) -> Option<CriterionAt> {
        let at = self.criteria.iter().position(|known| known == id.get_ref());
        if at.is_none() {
            self.report(id.span(), "上文没有这一项 / no such criterion above");
        }
        u16::try_from(at?).ok().map(CriterionAt::new)
    }

    /// An empty basis, used where the written one was not understood.
    fn nothing(&mut self, file: &BasisFile) -> Basis {
        Basis {
            title: file.title.clone(),
            measure: Measure::Banded(Banded {
                value: self.formulas.add_number(Number::Constant(Fraction::ZERO)),
                unit: policy::Unit::Count,
                bands: Vec::new(),
            }),
        }
    }

    pub(super) fn basis(&mut self, file: &BasisFile) -> Basis {
        match (&file.value, &file.when, &file.points) {
            (Some(value), None, None) => self.measured(file, value),
            (None, Some(when), Some(points)) if file.bands.is_empty() => {
                self.conditional(file, when, points)
            }
            (Some(at), ..) | (None, Some(at), _) => {
                self.report(
                    at.span(),
                    "要么写 value 和 bands，要么写 when 和 points / either value and bands, or when and points",
                );
                self.nothing(file)
            }
            (None, None, _) => {
                self.report(0..0, "基数缺 value 或 when / a basis needs value or when");
                self.nothing(file)
            }
        }
    }

    /// Compiles a basis that brings points when a condition holds.
    fn conditional(
        &mut self,
        file: &BasisFile,
        when: &Spanned<String>,
        points: &Spanned<BandPoints>,
    ) -> Basis {
        let condition = self.condition(when);
        let range = points_range(points.get_ref());
        let Some((min, max)) = range.filter(|(min, max)| min <= max) else {
            self.report(points.span(), "分数应写成 20 或 \"7-8\" / not points");
            return self.nothing(file);
        };
        let measure = Measure::Condition(PointsWhen { when: condition, min, max });
        Basis { title: file.title.clone(), measure }
    }

    fn measured(&mut self, file: &BasisFile, value: &Spanned<String>) -> Basis {
        let Some((value, unit)) = self.number(value) else {
            // The value is already reported; reporting bands without a unit
            // would only add noise.
            return self.nothing(file);
        };
        let mut bands: Vec<(Band, Range<usize>)> = Vec::new();
        for (bound, points) in &file.bands {
            if let Some(band) = self.band(bound, points, unit) {
                bands.push((band, bound.span()));
            }
        }
        // Sort from the highest bound down. Of two equal bounds the exclusive
        // one (`>`) comes first.
        bands.sort_by(|(a, _), (b, _)| b.from.cmp(&a.from).then(b.above.cmp(&a.above)));
        for pair in bands.windows(2) {
            if let [(upper, span), (lower, lower_span)] = pair {
                if upper.from == lower.from && upper.above == lower.above {
                    self.report(lower_span.clone(), "两档下限相同 / two bands overlap");
                }
                if lower.min > upper.min || lower.max > upper.max {
                    self.report(span.clone(), "高一档的分数反而低 / the higher band gives less");
                }
                if lower.max == upper.max && lower.min == upper.min {
                    self.report(
                        span.clone(),
                        "两档分数相同，上一档多余 / this band changes nothing",
                    );
                }
            }
        }
        Basis {
            title: file.title.clone(),
            measure: Measure::Banded(Banded {
                value,
                unit: unit_of(unit),
                bands: bands.into_iter().map(|(band, _)| band).collect(),
            }),
        }
    }

    fn band(
        &mut self,
        bound: &Spanned<String>,
        points: &Spanned<BandPoints>,
        unit: Unit,
    ) -> Option<Band> {
        let text = bound.get_ref().trim();
        let (above, literal) = match text.strip_prefix('>') {
            Some(rest) => match rest.strip_prefix('=') {
                Some(rest) => (false, rest),
                None => (true, rest),
            },
            None => (false, text),
        };
        let scope = Scope::plain(self.context.dictionary);
        let parsed = formula::compile(literal, &scope, &mut TableBuilder::default());
        let Ok(Typed::Number(tree::Number::Constant(from), own)) = parsed else {
            self.report(bound.span(), "档位应写成 \"6%\"、\"4\" 或 \"> 0\" / not a band");
            return None;
        };
        let ratio_fits = unit != Unit::Ratio || own == Unit::Ratio || from.is_zero();
        if own != unit && (own != Unit::Bare || !ratio_fits || unit == Unit::Money) {
            let message = format!("档位单位是{own}，指标是{unit} / units differ");
            self.report(bound.span(), message);
            return None;
        }
        let range = points_range(points.get_ref());
        let Some((min, max)) = range.filter(|(min, max)| min <= max) else {
            self.report(points.span(), "分数应写成 20 或 \"7-8\" / not points");
            return None;
        };
        Some(Band { from, above, min, max })
    }
}

fn points_range(points: &BandPoints) -> Option<(u8, u8)> {
    match points {
        BandPoints::Exactly(points) => Some((*points, *points)),
        BandPoints::Range(text) => {
            let (min, max) = text.split_once('-').unwrap_or((text, text));
            Some((min.trim().parse().ok()?, max.trim().parse().ok()?))
        }
    }
}

/// The lowest and highest points that a golden case expects; written like those
/// of a band.
pub(crate) fn expected_points(points: &BandPoints) -> Option<(u8, u8)> {
    points_range(points)
}
