//! Tests the books of the invented companies: the figures of one company must
//! agree with each other, or a report on it teaches nothing.

use serde_json::Value;
use zice_rules::decimal;

use crate::companies::{Example, examples, year_of};

/// A figure in millionths, the finest unit of a company file; `None` if it is
/// unknown or only estimated.
fn exact(value: &Value) -> Option<i128> {
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let (num, den) = decimal::parse(&text).expect("a figure").lowest_terms();
    Some(num * 1_000_000 / den)
}

/// The sum of some fields; `None` if one of them is unknown.
fn sum<'v>(entry: &'v Value, fields: impl IntoIterator<Item = &'v str>) -> Option<i128> {
    fields.into_iter().map(|field| exact(&entry[field])).sum()
}

/// Collects the figures of a company that do not agree.
struct Books<'e> {
    one: &'e Example,
    wrong: Vec<String>,
}

impl Books<'_> {
    fn check(
        &mut self,
        what: &str,
        left: Option<i128>,
        agrees: fn(&i128, &i128) -> bool,
        right: Option<i128>,
    ) {
        if let (Some(left), Some(right)) = (left, right)
            && !agrees(&left, &right)
        {
            self.wrong.push(format!("{}: {what}: {left}, {right}", self.one.name));
        }
    }

    /// A yearly figure, in millionths.
    fn of(&self, fact: &str, year: i32) -> Option<i128> {
        exact(&self.one.fact(fact)[year.to_string()])
    }

    fn accounts(&mut self, year: i32) {
        for (part, whole) in [
            ("rd_expense_hnte_domestic", "rd_expense_hnte"),
            ("rd_expense_deduct", "cost_total"),
            ("rd_expense_hnte", "cost_total"),
            ("main_product_income", "hightech_income"),
            ("hightech_income", "revenue"),
            ("revenue", "total_income"),
            ("excluded_industry_income", "revenue"),
            ("excluded_industry_base", "total_income"),
        ] {
            let (less, more) = (self.of(part, year), self.of(whole, year));
            self.check(&format!("{part} within {whole} in {year}"), less, i128::le, more);
        }
        // The deduction's definition of R&D expenses is the narrower of the
        // two.
        let (deduct, hnte) = (self.of("rd_expense_deduct", year), self.of("rd_expense_hnte", year));
        self.check(&format!("the two kinds of R&D in {year}"), deduct, i128::le, hnte);
        // Income tax is never negative, so profit before tax is at least the
        // net profit.
        let before_tax =
            self.of("total_income", year).zip(self.of("cost_total", year)).map(|(a, b)| a - b);
        let profit = self.of("net_profit", year);
        self.check(&format!("profit after tax in {year}"), profit, i128::le, before_tax);
    }

    /// Checks that net assets grow by at least the profit: owners may pay in,
    /// but nothing is paid out.
    fn balance(&mut self, year: i32) {
        let net = |books: &Self, year| {
            let assets = books.of("total_assets", year);
            assets.zip(books.of("total_liabilities", year)).map(|(all, owed)| all - owed)
        };
        let before = net(self, year - 1).zip(self.of("net_profit", year)).map(|(a, b)| a + b);
        let now = net(self, year);
        self.check(&format!("net assets at the end of {year}"), before, i128::le, now);
    }

    fn contracts(&mut self, year: i32, side: &str) {
        let figures = self.one.fact("contract_figures");
        let now = &figures[year.to_string()][side];
        let at = |what: &str| format!("{what}, {side} of {year}");
        for unit in ["count", "amount"] {
            let named = |fields: &[&str]| -> Option<i128> {
                let names: Vec<String> =
                    fields.iter().map(|field| format!("{field}_{unit}")).collect();
                sum(now, names.iter().map(String::as_str))
            };
            let all = named(&["written", "carried_over"]);
            let ended = named(&[
                "performed",
                "expired_unperformed",
                "revoked",
                "agreed_rescission",
                "other_rescission",
            ]);
            self.check(&at("contracts that ended"), ended, i128::le, all);
            let next = &figures[(year + 1).to_string()][side];
            let left = all.zip(ended).map(|(all, ended)| all - ended);
            let carried = exact(&next[format!("carried_over_{unit}")]);
            self.check(&at("contracts carried over"), left, i128::eq, carried);
            let causes = named(&["own_breach", "other_breach", "force_majeure"]);
            let expired = named(&["expired_unperformed"]);
            self.check(&at("causes"), causes, i128::eq, expired);
            self.check(&at("model texts"), named(&["model_text"]), i128::le, named(&["written"]));
            self.check(&at("changed"), named(&["changed"]), i128::le, all);
            let disputes = named(&["dispute", "dispute_carried"]);
            let settled = named(&["dispute_settled"]);
            self.check(&at("disputes settled"), settled, i128::le, disputes);
            let open = disputes.zip(settled).map(|(all, settled)| all - settled);
            let carried = exact(&next[format!("dispute_carried_{unit}")]);
            self.check(&at("disputes carried over"), open, i128::eq, carried);
        }
        let field = |name: &str| exact(&now[name]);
        self.check(&at("overdue"), field("overdue_balance"), i128::le, field("year_end_balance"));
        self.check(&at("balance"), field("year_end_balance"), i128::le, field("liquid_amount"));
        self.check(&at("written"), field("written_amount"), i128::le, field("trade_amount"));
        let (balance, trade) = match side {
            "income" => ("total_assets", self.of("revenue", year)),
            _ => ("total_liabilities", field("trade_amount")),
        };
        self.check(&at("sales"), field("trade_amount"), i128::eq, trade);
        self.check(&at("liquid"), field("liquid_amount"), i128::le, self.of(balance, year));
        let most = match side {
            "income" => self.of("revenue", year),
            _ => self.of("cost_total", year),
        };
        self.check(&at("main business"), field("main_business_amount"), i128::le, most);
    }
}

#[test]
fn the_books_of_every_company_agree_with_one_another() {
    for one in examples() {
        let mut books = Books { one, wrong: Vec::new() };
        for staff in ["sme_staff", "hnte_staff"] {
            let [tech, total] =
                ["tech", "total"].map(|it| exact(one.fact(&format!("{staff}_{it}"))));
            books.check(staff, tech, i128::le, total);
        }
        let years = i128::from(one.year() - year_of(one.fact("established_on")));
        let full = exact(one.fact("operating_years_full"));
        books.check("full years of operation", full, i128::le, Some(years * 1_000_000));
        let invested = ["soft_investment", "fixed_investment"].map(|it| exact(one.fact(it)));
        books.check("soft investment", invested[0], i128::le, invested[1]);
        for year in one.year() - 3..one.year() {
            books.accounts(year);
            books.balance(year);
            for side in ["income", "expense"] {
                books.contracts(year, side);
            }
        }
        for material in one.fact("materials").as_array().into_iter().flatten() {
            let [rate, limit, paid] =
                ["premium_rate", "insured_amount", "premium_paid"].map(|it| exact(&material[it]));
            let premium = rate.zip(limit).map(|(rate, limit)| rate * limit / 1_000_000);
            let name = material["name"].as_str().unwrap_or_default();
            // Equal to within 0.01 yuan (a fen).
            let near: fn(&i128, &i128) -> bool = |one, other| (one - other).abs() < 10_000;
            books.check(&format!("premium of {name}"), paid, near, premium);
        }
        assert_eq!(books.wrong, [""; 0]);
    }
}
