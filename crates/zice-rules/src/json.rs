//! JSON that our own programs wrote, read back: compiled policies, the dictionary,
//! and what goes between the page and its engine.
//!
//! serde's derived readers are generic over the format. For the thirty types of a
//! policy they came to a quarter of the wasm of the first load, and for the forty
//! of the engine's replies to 35 kB brotli. These read one parsed [`Value`] and
//! nothing else; [`read_members!`](crate::read_members) and
//! [`read_names!`](crate::read_names) make them for structs and enums, which stand
//! beside the types: in the file `json.rs` of a folder, or below the type.
//!
//! Members that are missing are read as nothing, no or empty. Whoever adds a type
//! proves in a test that reading what serde wrote gives the same value back, as
//! `zice-policy` does for every policy.

use serde_json::{Map, Value};

use crate::{date::Date, digits::written, fraction::Fraction, parse};

/// Parses a text and reads it.
///
/// # Errors
/// What the parser says, or the first member that can't be read.
pub fn from_text<T: Read>(text: &str) -> Result<T, String> {
    let value = parse::json(text).map_err(|error| error.to_string())?;
    read(&value).map_err(str::to_owned)
}

/// Reads a whole file.
///
/// # Errors
/// Returns the name of the first member that could not be read.
pub fn read<T: Read>(value: &Value) -> Result<T, &'static str> {
    let mut reader = Reader { at: "", unreadable: None };
    let whole = T::read(Some(value), &mut reader);
    reader.unreadable.map_or(Ok(whole), Err)
}

/// The state of reading: the member being read, and the first one that could
/// not be.
///
/// Reading goes on after a mistake, with a stand-in for what is wrong. Stopping
/// in the middle would add code at every member to free half a policy. [`read`]
/// never returns such a half.
#[derive(Debug)]
pub struct Reader {
    at: &'static str,
    unreadable: Option<&'static str>,
}

impl Reader {
    /// Records a mistake and returns the stand-in `of`.
    pub fn instead<T>(&mut self, of: T) -> T {
        self.mistake();
        of
    }

    /// Records that the current member could not be read.
    #[inline(never)]
    fn mistake(&mut self) {
        self.unreadable.get_or_insert(self.at);
    }

    /// Moves on to a member and returns its value.
    #[inline(never)]
    pub fn member<'a>(&mut self, members: Members<'a>, name: &'static str) -> Option<&'a Value> {
        self.at = name;
        members?.get(name)
    }

    /// Returns the members of an object; a mistake if it is none.
    #[inline(never)]
    pub fn members<'a>(&mut self, value: Option<&'a Value>) -> Members<'a> {
        match value {
            Some(Value::Object(members)) => Some(members),
            _ => self.instead(None),
        }
    }

    /// Returns the values of a list; empty if it is missing, a mistake if it is
    /// no list.
    #[inline(never)]
    fn list<'a>(&mut self, value: Option<&'a Value>) -> &'a [Value] {
        match value {
            None => &[],
            Some(Value::Array(values)) => values,
            Some(_) => self.instead(&[]),
        }
    }

    /// Finds a text among names. The first name stands in for a text that is
    /// none of them, and it is a mistake.
    #[inline(never)]
    pub fn choice(&mut self, value: Option<&Value>, names: &[&str]) -> usize {
        let place =
            value.and_then(Value::as_str).and_then(|it| names.iter().position(|name| *name == it));
        place.unwrap_or_else(|| self.instead(0))
    }
}

/// The members of an object; `None` after a mistake.
pub type Members<'a> = Option<&'a Map<String, Value>>;

/// A type that can be read from parsed JSON; `None` is a missing member.
pub trait Read: Sized {
    /// Reads a value; what can't be read is noted in the reader.
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self;

    /// Reads a member by its name. There are two hundred members; out of line,
    /// each is a single call.
    #[inline(never)]
    fn member(members: Members<'_>, name: &'static str, reader: &mut Reader) -> Self {
        Self::read(reader.member(members, name), reader)
    }
}

impl Read for String {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            Some(Value::String(text)) => text.clone(),
            _ => reader.instead(Self::new()),
        }
    }
}

impl Read for bool {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            None => false,
            Some(Value::Bool(yes)) => *yes,
            Some(_) => reader.instead(false),
        }
    }
}

/// Reads every whole number as an `i32` first, because parsing a text takes
/// more code than checking whether a number fits.
pub(crate) fn whole<T: TryFrom<i32> + Default>(value: Option<&Value>, reader: &mut Reader) -> T {
    let number = match value {
        Some(Value::Number(number)) => written(number).and_then(|it| it.parse::<i32>().ok()),
        _ => None,
    };
    let fits = number.and_then(|number| T::try_from(number).ok());
    fits.unwrap_or_else(|| reader.instead(T::default()))
}

macro_rules! read_whole {
    ($($type:ty)*) => {$(
        impl Read for $type {
            fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
                whole(value, reader)
            }
        }
    )*};
}

read_whole! { u8 u16 i8 i32 usize }

/// Whole numbers that may be larger than those of [`whole`].
impl Read for i64 {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let number = match value {
            Some(Value::Number(number)) => written(number).and_then(|it| it.parse().ok()),
            _ => None,
        };
        number.unwrap_or_else(|| reader.instead(0))
    }
}

impl Read for Value {
    fn read(value: Option<&Value>, _: &mut Reader) -> Self {
        value.cloned().unwrap_or_default()
    }
}

impl Read for char {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(|text| text.chars().next());
        read.unwrap_or_else(|| reader.instead(' '))
    }
}

impl Read for Fraction {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(Self::parse);
        read.unwrap_or_else(|| reader.instead(Self::ZERO))
    }
}

impl Read for Date {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let read = value.and_then(Value::as_str).and_then(Self::parse);
        read.unwrap_or_else(|| reader.instead(Self::MIN))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        match value {
            None | Some(Value::Null) => None,
            given => Some(T::read(given, reader)),
        }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let values = reader.list(value);
        let mut list = Self::with_capacity(values.len());
        for value in values {
            list.push(T::read(Some(value), reader));
        }
        list
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        (A::read(at(value, 0), reader), B::read(at(value, 1), reader))
    }
}

impl<A: Read, B: Read, C: Read> Read for (A, B, C) {
    fn read(value: Option<&Value>, reader: &mut Reader) -> Self {
        let [one, two, three] = [0, 1, 2].map(|place| at(value, place));
        (A::read(one, reader), B::read(two, reader), C::read(three, reader))
    }
}

/// Returns one element of a list that holds several values.
pub fn at(value: Option<&Value>, place: usize) -> Option<&Value> {
    value?.as_array()?.get(place)
}

/// Takes apart a value written `{"name": …}`; the name is empty if it has
/// another form.
pub fn named(value: Option<&Value>) -> (&str, Option<&Value>) {
    let member = value.and_then(Value::as_object).and_then(|members| members.iter().next());
    member.map_or(("", None), |(name, value)| (name.as_str(), Some(value)))
}

/// Implements [`Read`] for structs. `member = "name"` gives the name in JSON
/// where it differs; members after `;` are not in the JSON and get their
/// default.
#[macro_export]
macro_rules! read_members {
    ($($type:ident {
        $($member:ident $(= $name:literal)?),* $(,)? $(; $($elsewhere:ident),* $(,)?)?
    })*) => {$(
        impl $crate::json::Read for $type {
            fn read(
                value: Option<&serde_json::Value>,
                reader: &mut $crate::json::Reader,
            ) -> Self {
                let members = reader.members(value);
                Self {
                    $($member: $crate::json::Read::member(
                        members,
                        $crate::read_members!(@ $member $($name)?),
                        reader,
                    ),)*
                    $($($elsewhere: Default::default(),)*)?
                }
            }
        }
    )*};
    (@ $member:ident) => { stringify!($member) };
    (@ $member:ident $name:literal) => { $name };
}

/// Implements [`Read`] for enums without fields, by their names in JSON. The
/// first variant stands in for what cannot be read.
#[macro_export]
macro_rules! read_names {
    ($($type:ident { $first:literal => $instead:ident $(, $name:literal => $choice:ident)* $(,)? })*) => {$(
        impl $crate::json::Read for $type {
            fn read(
                value: Option<&serde_json::Value>,
                reader: &mut $crate::json::Reader,
            ) -> Self {
                const NAMES: &[&str] = &[$first $(, $name)*];
                const CHOICES: &[$type] = &[$type::$instead $(, $type::$choice)*];
                let place = reader.choice(value, NAMES);
                CHOICES.get(place).copied().unwrap_or(Self::$instead)
            }
        }

        impl $type {
            /// Returns the name used in JSON.
            pub const fn name(self) -> &'static str {
                match self {
                    Self::$instead => $first,
                    $(Self::$choice => $name,)*
                }
            }
        }
    )*};
}
