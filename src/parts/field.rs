//! Fields, the ways to answer: typed, chosen, ticked.
//!
//! A typed field is the user's: it is never reformatted under the hands. What
//! goes into the company file is the plain figure; what is none is refused by
//! the engine, beside the field.

use serde_json::{Value, json};
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;
use zice_rules::{
    decimal,
    dictionary::{Answers, Choice, Kind},
    fraction::Fraction,
};

use zice_tables::figure::{
    Figure, Unit, figure, grouped, plain_day, plain_figure, plain_rate, shown,
};

use crate::{
    browser::{
        events,
        ids::{element_id, question_id},
    },
    page::{
        Action, Focus, Session, Shared, act,
        path::{End, Path, plain_text},
    },
    ui::dom::{QUIET, attrs, button, changing, group, keyed, line, maybe, tag, text, tick, typing},
    words,
};

/// A value that is asked for, with everything that decides which field asks for it.
#[derive(Clone, Copy)]
pub struct Slot<'a> {
    pub session: &'a Shared,
    /// Where it stands in the company file.
    pub place: &'a Path,
    pub label: &'a str,
    pub kind: Kind,
    pub unit: &'a str,
    /// Choices of an enum.
    pub values: &'a [Choice],
    /// The words for yes and no.
    pub answers: Option<&'a Answers>,
    /// The default that the rules take when nothing is given.
    pub default: Option<&'a str>,
    /// The id of the element that describes it.
    pub help: &'a str,
    /// Whether a range is offered.
    pub range: bool,
    /// Whether the figure may be below nought.
    pub signed: bool,
    /// Whether what stands before the field says what the label does.
    pub headed: bool,
}

impl<'a> Slot<'a> {
    /// Asks for a text of the company file; other members are set where it is
    /// something else.
    pub fn text(session: &'a Shared, place: &'a Path) -> Self {
        Self {
            session,
            place,
            label: "",
            kind: Kind::Text,
            unit: "",
            values: &[],
            answers: None,
            default: None,
            help: "",
            range: false,
            signed: false,
            headed: false,
        }
    }

    /// The field with its label.
    pub fn show(&self) -> Html {
        match self.kind {
            Kind::Bool if self.default.is_some() && !self.is_unclear() => self.checkbox(),
            Kind::Bool | Kind::Enum => group("p", "zice-field", vec![self.label(), self.select()]),
            Kind::EnumList => self.checkboxes(),
            _ => self.typed(),
        }
    }

    /// Whether it is said to be unknown, where a default is taken for what is left
    /// out.
    fn is_unclear(&self) -> bool {
        self.default.is_some() && self.session.is_unclear(self.place)
    }

    fn value(&self) -> Option<&Value> {
        self.session.at(self.place)
    }

    fn set<E: 'static>(&self, value: Value) -> Callback<E> {
        act(self.session, Action::Set(self.place.clone(), value))
    }

    fn label(&self) -> Html {
        tag("label", attrs! { "for": &element_id(self.place) }, vec![text(self.label)])
    }

    /// Whether something is wrong with what stands here.
    fn is_wrong(&self) -> bool {
        self.session.results.problems.iter().any(|problem| {
            Path::from(&*problem.path).is_below(self.place) && self.session.is_told(problem)
        })
    }

    /// The word for yes or no.
    fn said(&self, yes: bool) -> &'a str {
        let lang = self.session.view.lang;
        let word = if yes { &words::YES } else { &words::NO };
        self.answers.map_or_else(|| word.get(lang), |answers| answers.said(yes).get(lang))
    }

    /// Radio buttons for yes, no and not sure.
    pub fn radios(&self) -> Html {
        let lang = self.session.view.lang;
        let name = [&question_id(self.fact()), "-answer"].concat();
        let option = |suffix: &str, words: &str, checked: bool, change| {
            let id = [&name, "-", suffix].concat();
            let attrs = attrs! { "type": "radio", "id": &id, "name": &name, "value": suffix };
            tag("label", attrs! { "for": &id }, vec![tick(attrs, checked, change), text(words)])
        };
        let fact = self.fact();
        let given = self.value().and_then(Value::as_bool);
        let unsure = act(self.session, Action::Unsure(fact.to_owned()));
        let options = vec![
            option("true", self.said(true), given == Some(true), self.set(Value::Bool(true))),
            option("false", self.said(false), given == Some(false), self.set(Value::Bool(false))),
            option("unknown", words::NOT_SURE.get(lang), self.session.is_unsure(fact), unsure),
        ];
        group("div", "zice-radios", options)
    }

    /// The fact that is asked, where it is a fact of its own.
    fn fact(&self) -> &str {
        self.place.fact_id().unwrap_or("")
    }

    /// A box to tick, where yes or no is taken for granted: only the other one is
    /// written down.
    fn checkbox(&self) -> Html {
        let default = self.default == Some("true");
        let checked = self.value().and_then(Value::as_bool).unwrap_or(default);
        let next = if checked == default { Value::Bool(!default) } else { Value::Null };
        let attrs = attrs! { "type": "checkbox", "id": &element_id(self.place) };
        group("p", "zice-check", vec![tick(attrs, checked, self.set(next)), self.label()])
    }

    /// A select; without an answer it shows the default, or that one is to be
    /// chosen.
    pub fn select(&self) -> Html {
        let lang = self.session.view.lang;
        let yes_or_no = self.kind == Kind::Bool;
        let current = match self.value() {
            Some(Value::Bool(yes)) if yes_or_no => {
                if *yes {
                    "true"
                } else {
                    "false"
                }
            }
            other => {
                let default = self.default.filter(|_| !self.is_unclear());
                other.and_then(Value::as_str).or(default).unwrap_or("")
            }
        };
        let option = |id: &str, words: &str| {
            let selected = if id == current { "selected" } else { "" };
            tag("option", attrs! { "value": id, "selected": selected }, vec![text(words)])
        };
        // Where a default is taken for what is left out, not to know is a choice.
        let defaulted = self.default.is_some();
        let none = if defaulted { &words::NOT_SURE } else { &words::CHOOSE_ONE };
        let mut options = vec![option("", none.get(lang))];
        if yes_or_no {
            options.push(option("true", self.said(true)));
            options.push(option("false", self.said(false)));
        }
        options.extend(self.values.iter().map(|choice| option(&choice.id, choice.label(lang))));
        let (dispatcher, place) = (self.session.dispatcher(), self.place.clone());
        let onchange = Callback::from(move |event: Event| {
            let select: Option<HtmlSelectElement> = event.target_dyn_into();
            let chosen = select.map(|select| select.value()).unwrap_or_default();
            let value = match chosen.as_str() {
                "" if defaulted => return dispatcher.dispatch(Action::Unclear(place.clone())),
                "" => Value::Null,
                yes if yes_or_no => Value::Bool(yes == "true"),
                other => json!(other),
            };
            // A box to tick takes the place of the choice, and the focus.
            dispatcher.dispatch(if yes_or_no && defaulted {
                Action::Press(place.clone(), value, Focus::Field(place.clone()))
            } else {
                Action::Set(place.clone(), value)
            });
        });
        let id = element_id(self.place);
        let attrs = attrs! {
            "id": &id, "aria-describedby": self.help,
            "aria-invalid": if self.is_wrong() { "true" } else { "" },
        };
        keyed(self.key(&id), changing("select", attrs, options, onchange))
    }

    /// Boxes for any of several, and one that says expressly that it is none of
    /// them.
    pub fn checkboxes(&self) -> Html {
        let lang = self.session.view.lang;
        let given = self.value().and_then(Value::as_array);
        // A year may be written as a number.
        let is = |id: &str, one: &Value| plain_text(Some(one)) == id;
        let base = element_id(self.place);
        let mut boxes = Vec::with_capacity(self.values.len() + 1);
        let option = |suffix: &str, words: &str, checked: bool, next: Value| {
            let id = [&base, "-", suffix].concat();
            let attrs = attrs! { "type": "checkbox", "id": &id, "aria-describedby": self.help };
            tag(
                "label",
                attrs! { "class": "zice-check", "for": &id },
                vec![tick(attrs, checked, self.set(next)), text(words)],
            )
        };
        for choice in self.values {
            let checked = given.is_some_and(|all| all.iter().any(|one| is(&choice.id, one)));
            let mut next: Vec<Value> = given.cloned().unwrap_or_default();
            if checked {
                next.retain(|one| !is(&choice.id, one));
            } else {
                next.push(json!(choice.id));
            }
            // Not one tick is no answer; that there is none is said below.
            let next = if next.is_empty() { Value::Null } else { Value::Array(next) };
            boxes.push(option(&choice.id, choice.label(lang), checked, next));
        }
        let none = given.is_some_and(Vec::is_empty);
        let next = if none { Value::Null } else { json!([]) };
        boxes.push(option("none", words::NONE_OF_THESE.get(lang), none, next));
        tag(
            "div",
            attrs! { "role": "group", "class": "zice-boxes", "aria-label": self.label },
            vec![line("span", "", &[self.label]), group("div", "zice-radios", boxes)],
        )
    }

    /// A field to type in, or two for a range.
    fn typed(&self) -> Html {
        let lang = self.session.view.lang;
        let range = self.is_range();
        let toggle = maybe(self.range || range, || {
            let words = if range { &words::AS_ONE } else { &words::AS_RANGE }.get(lang);
            let label = [self.label, words::COLON.get(lang), words].concat();
            button(
                attrs! { "type": "button", "class": "zice-link", "aria-label": &label },
                words,
                act(self.session, Action::Range(self.place.clone())),
            )
        });
        let (first, second) = if range {
            (self.end(End::Min, &words::AT_LEAST), self.end(End::Max, &words::AT_MOST))
        } else {
            (self.one(None, vec![text(self.label)]), Html::default())
        };
        group("div", "zice-figures", vec![first, second, toggle])
    }

    fn is_range(&self) -> bool {
        self.value().is_some_and(Value::is_object)
            || self.session.view.ranges.iter().any(|place| place == self.place)
    }

    fn end(&self, end: End, word: &words::Word) -> Html {
        let word = word.get(self.session.view.lang);
        let name = [self.label, " "].concat();
        let class = if self.headed { "zice-hidden" } else { "" };
        self.one(Some(end), vec![line("span", class, &[&name]), text(word)])
    }

    /// The place of the figure, or of an end of the range.
    fn place_of(&self, end: Option<End>) -> Path {
        end.map_or_else(|| self.place.clone(), |end| self.place.end(end))
    }

    fn one(&self, end: Option<End>, label: Vec<Html>) -> Html {
        let id = self.id_of(end);
        let echo = self.echo(end);
        let children = vec![
            tag("label", attrs! { "for": &id }, label),
            self.input(end, ""),
            maybe(!self.unit.is_empty(), || line("span", "zice-unit", &[self.unit])),
            // The line is there before there is anything to say.
            maybe(matches!(self.kind, Kind::Money | Kind::Rate), || {
                line("span", "zice-echo", &[&echo])
            }),
            self.meant(end),
        ];
        keyed(self.key(&id), group("span", "zice-field", children))
    }

    /// The fields alone, for a cell of a table.
    pub fn cell(&self) -> Vec<Html> {
        if !self.is_range() {
            return vec![self.input(None, self.label), self.meant(None)];
        }
        let mut cells = Vec::with_capacity(4);
        for (end, word) in [(End::Min, &words::AT_LEAST), (End::Max, &words::AT_MOST)] {
            let label = [self.label, " ", word.get(self.session.view.lang)].concat();
            cells.push(self.input(Some(end), &label));
            cells.push(self.meant(Some(end)));
        }
        cells
    }

    /// The key of a field: under another one it starts afresh.
    fn key(&self, id: &str) -> String {
        [id, "/", &self.session.view.fresh.to_string()].concat()
    }

    /// The id of the field; those of a range's ends follow from the figure's.
    fn id_of(&self, end: Option<End>) -> String {
        let mut id = element_id(self.place);
        if let Some(end) = end {
            id.push('-');
            id.push_str(end.name());
        }
        id
    }

    fn input(&self, end: Option<End>, label: &str) -> Html {
        let (lang, kind) = (self.session.view.lang, self.kind);
        // A day is typed like a figure: the browser's own date field swallows
        // days that do not exist without a word. Eight digits are enough.
        let (class, mode, hint) = match kind {
            Kind::Date => ("zice-day", "numeric", words::DAY_FORMAT.get(lang)),
            Kind::Text => ("zice-text", "", ""),
            // No keypad for figures has a minus on every phone.
            _ if self.signed => ("zice-figure", "text", ""),
            _ => ("zice-figure", "decimal", ""),
        };
        let place = self.place_of(end);
        let (dispatcher, target) = (self.session.dispatcher(), place.clone());
        let unit = self.session.view.unit;
        let oninput = Callback::from(move |event: InputEvent| {
            let input: Option<HtmlInputElement> = event.target_dyn_into();
            let typed = input.map(|input| input.value()).unwrap_or_default();
            dispatcher.dispatch(Action::Type(target.clone(), plain(&typed, kind, unit)));
        });
        let id = self.id_of(end);
        let value = plain_text(self.session.at(&place));
        let value = if kind == Kind::Money { shown(value, unit) } else { value.to_owned() };
        let attrs = attrs! {
            "type": "text", "id": &id, "class": class, "inputmode": mode, "autocomplete": "off",
            "placeholder": hint, "value": &value, "aria-label": label,
            "aria-describedby": self.help,
            "aria-invalid": if self.is_wrong() { "true" } else { "false" },
        };
        keyed(self.key(&id), typing(attrs, oninput, left(self.session)))
    }

    /// Asks which of several readings is meant, where what was typed has more than
    /// one: `1230 万` in a field for 万元.
    fn meant(&self, end: Option<End>) -> Html {
        let place = self.place_of(end);
        if self.session.is_typing_at(&place) {
            return Html::default();
        }
        let raw = plain_text(self.session.at(&place));
        let money = self.kind == Kind::Money;
        if raw.is_empty() || decimal::parse(raw).is_ok() || !is_amount(self.kind) {
            return Html::default();
        }
        let readings = match figure(raw, self.session.view.unit, money) {
            Figure::Plain(plain) if decimal::parse(&plain).is_ok() => vec![plain],
            Figure::Plain(_) => return Html::default(),
            Figure::Unclear(readings) => readings,
        };
        let lang = self.session.view.lang;
        let field = match end {
            None => Focus::Field(self.place.clone()),
            Some(end) => Focus::End(self.place.clone(), end),
        };
        let mut told = vec![text(words::MEANT.get(lang))];
        for reading in readings {
            let shown = grouped(&reading).unwrap_or_default();
            let unit = if money { words::YUAN.get(lang) } else { self.unit };
            let words = [shown.as_str(), " ", unit].concat();
            let set = Action::Press(place.clone(), json!(reading), field.clone());
            let attrs = attrs! { "type": "button", "class": QUIET };
            told.push(button(attrs, &words, act(self.session, set)));
        }
        tag("span", attrs! { "class": "zice-meant", "role": "status" }, told)
    }

    /// Echoes an amount in the other unit, so that a nought too many is seen, and a
    /// rate in per cent.
    fn echo(&self, end: Option<End>) -> String {
        self.read_as(&self.place_of(end)).unwrap_or_default()
    }

    fn read_as(&self, place: &Path) -> Option<String> {
        let lang = self.session.view.lang;
        let value = decimal::parse(plain_text(self.session.at(place))).ok()?;
        let ten_thousand = Fraction::whole(10_000);
        let (amount, unit) = match self.kind {
            Kind::Money if self.session.view.unit == Unit::TenThousand => {
                let yuan = grouped(&value.to_decimal_or_ratio())?;
                let unit = words::YUAN.get(lang);
                return Some([words::READ_AS.get(lang), " ", &yuan, " ", unit].concat());
            }
            Kind::Money if value >= ten_thousand => {
                (value.div(ten_thousand).ok()??, words::TEN_THOUSAND_YUAN.get(lang))
            }
            Kind::Rate => {
                let rate = value.mul(Fraction::whole(100)).ok()?.to_decimal_or_ratio();
                return Some([words::READ_AS.get(lang), " ", &rate, "%"].concat());
            }
            _ => return None,
        };
        Some([words::READ_AS.get(lang), " ", &amount.to_decimal_or_ratio(), " ", unit].concat())
    }
}

/// Follows the leaving of a field: what is wrong with it is told, unless a mouse
/// button is down. A message that comes between press and release would move what
/// is pressed away from under it.
fn left(session: &Shared) -> Callback<FocusEvent> {
    let dispatcher = session.dispatcher();
    Callback::from(move |_: FocusEvent| {
        if !events::wait_for_release() {
            dispatcher.dispatch(Action::Typed);
        }
    })
}

/// The box that says of a fact that it is not known.
pub fn unsure(session: &Shared, fact: &str) -> Html {
    let id = ["zice-", fact, "-unsure"].concat();
    let change = act(session, Action::Unsure(fact.to_owned()));
    let tick = tick(attrs! { "type": "checkbox", "id": &id }, session.is_unsure(fact), change);
    let words = text(words::NOT_SURE.get(session.view.lang));
    tag("label", attrs! { "class": "zice-check", "for": &id }, vec![tick, words])
}

/// Whether people write such figures with multiples and separators (`1.2万`,
/// `12,000`).
fn is_amount(kind: Kind) -> bool {
    matches!(kind, Kind::Money | Kind::Count | Kind::Whole)
}

/// Turns typed text into a value; `null` where nothing was typed.
fn plain(typed: &str, kind: Kind, unit: Unit) -> Value {
    let plain = match kind {
        kind if is_amount(kind) => match figure(typed, unit, kind == Kind::Money) {
            Figure::Plain(plain) => plain,
            Figure::Unclear(_) => plain_figure(typed),
        },
        Kind::Text => typed.to_owned(),
        Kind::Date => plain_day(typed),
        Kind::Rate => plain_rate(typed),
        _ => plain_figure(typed),
    };
    if plain.is_empty() { Value::Null } else { json!(plain) }
}

/// The unit of a figure.
pub fn unit<'a>(session: &Session, kind: Kind, unit: Option<&'a zice_rules::Noun>) -> &'a str {
    let lang = session.view.lang;
    match (kind, unit) {
        (Kind::Money, _) if session.view.unit == Unit::TenThousand => {
            words::TEN_THOUSAND_YUAN.get(lang)
        }
        (Kind::Money, _) => words::YUAN.get(lang),
        (_, Some(unit)) => unit.get(lang),
        _ => "",
    }
}
