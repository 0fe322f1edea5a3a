//! Parses tokens into a tree. Operators by precedence, weakest first: or, and,
//! not, comparison, sum, product, sign.

use core::ops::Range;

use zice_rules::{Date, formula::Comparison, fraction::Fraction};

use super::{
    FormulaError, Unit,
    lexer::{Token, TokenKind, tokens},
};

/// A parsed formula whose names are not yet resolved.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub node: Node,
    pub span: Range<usize>,
}

#[derive(Debug, Clone)]
pub(super) enum Node {
    Number(Fraction, Unit),
    Date(Date),
    Bool(bool),
    Name(String),
    /// A fact in the years from the first to the last offset: 去年 is -1.
    Years(String, i8, i8),
    Call(String, Vec<Tree>),
    Not(Box<Tree>),
    Negative(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
    Compare(Comparison, Box<Tree>, Box<Tree>),
    OneOf(Box<Tree>, Vec<(String, Range<usize>)>),
    Arithmetic(char, Box<Tree>, Box<Tree>),
}

/// The greatest depth of a tree; both brackets and chains of operators count.
/// No rule comes near it. It keeps the recursion here and the JSON reader well
/// within their limits.
const MAX_DEPTH: usize = 32;

/// Words for years, as the first and last offset from the year of application.
const YEARS: [(&str, i8, i8); 8] = [
    ("今年", 0, 0),
    ("去年", -1, -1),
    ("前年", -2, -2),
    ("大前年", -3, -3),
    ("近一年", -1, -1),
    ("近两年", -2, -1),
    ("近三年", -3, -1),
    ("last", -1, -1),
];

pub(super) fn parse(text: &str) -> Result<Tree, FormulaError> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0 };
    let tree = parser.any()?;
    match parser.peek().kind {
        TokenKind::End => Ok(tree),
        _ => Err(FormulaError::new(
            parser.peek().span.clone(),
            "这里应当结束，或缺运算符 / an operator is missing here".to_owned(),
        )),
    }
}

/// The offset of a word that means a single year.
pub(super) fn year_word(word: &str) -> Option<i8> {
    YEARS.iter().find(|(known, from, to)| *known == word && from == to).map(|(_, from, _)| *from)
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> Token {
        // The list always ends with `End`, and the parser never moves past it.
        self.tokens
            .get(self.at)
            .or(self.tokens.last())
            .cloned()
            .unwrap_or(Token { kind: TokenKind::End, span: 0..0 })
    }

    fn take(&mut self) -> Token {
        let token = self.peek();
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    fn accept(&mut self, sign: &str) -> bool {
        let found = self.peek().kind == TokenKind::Sign(sign_name(sign));
        if found {
            self.at += 1;
        }
        found
    }

    fn expect(&mut self, sign: &str) -> Result<(), FormulaError> {
        if self.accept(sign) {
            return Ok(());
        }
        Err(FormulaError::new(self.peek().span, format!("这里缺 {sign:?} / {sign:?} is missing")))
    }

    fn any(&mut self) -> Result<Tree, FormulaError> {
        self.chain("or", Self::all, Node::Any)
    }

    fn all(&mut self) -> Result<Tree, FormulaError> {
        self.chain("and", Self::not, Node::All)
    }

    fn chain(
        &mut self,
        sign: &str,
        part: fn(&mut Self) -> Result<Tree, FormulaError>,
        node: fn(Vec<Tree>) -> Node,
    ) -> Result<Tree, FormulaError> {
        let first = part(self)?;
        let mut parts = vec![first];
        while self.accept(sign) {
            parts.push(part(self)?);
        }
        if parts.len() == 1 {
            return parts.pop().ok_or_else(|| FormulaError::new(0..0, "空公式".to_owned()));
        }
        let start = parts.first().map_or(0, |tree| tree.span.start);
        let end = parts.last().map_or(0, |tree| tree.span.end);
        Ok(Tree { node: node(parts), span: start..end })
    }

    fn not(&mut self) -> Result<Tree, FormulaError> {
        let start = self.peek().span.start;
        if self.accept("not") {
            self.deeper()?;
            let inner = self.not()?;
            self.depth -= 1;
            let span = start..inner.span.end;
            return Ok(Tree { node: Node::Not(Box::new(inner)), span });
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Result<Tree, FormulaError> {
        let left = self.sum()?;
        if self.accept("in") {
            return self.one_of(left);
        }
        let signs = [
            (">=", Comparison::AtLeast),
            (">", Comparison::Above),
            ("<=", Comparison::AtMost),
            ("<", Comparison::Below),
            ("=", Comparison::Equal),
        ];
        for (sign, comparison) in signs {
            if self.accept(sign) {
                let right = self.sum()?;
                let span = left.span.start..right.span.end;
                let node = Node::Compare(comparison, Box::new(left), Box::new(right));
                return Ok(Tree { node, span });
            }
        }
        Ok(left)
    }

    fn one_of(&mut self, left: Tree) -> Result<Tree, FormulaError> {
        self.expect("{")?;
        let mut choices = Vec::new();
        loop {
            let token = self.take();
            match token.kind {
                TokenKind::Name(name) => choices.push((name, token.span)),
                _ => {
                    return Err(FormulaError::new(
                        token.span,
                        "这里应是选项名 / a choice is missing".to_owned(),
                    ));
                }
            }
            if !self.accept(",") {
                break;
            }
        }
        self.expect("}")?;
        let span = left.span.start..self.end();
        Ok(Tree { node: Node::OneOf(Box::new(left), choices), span })
    }

    fn sum(&mut self) -> Result<Tree, FormulaError> {
        self.arithmetic(&[("+", '+'), ("-", '-')], Self::product)
    }

    fn product(&mut self) -> Result<Tree, FormulaError> {
        self.arithmetic(&[("*", '*'), ("/", '/')], Self::signed)
    }

    fn arithmetic(
        &mut self,
        signs: &[(&str, char)],
        part: fn(&mut Self) -> Result<Tree, FormulaError>,
    ) -> Result<Tree, FormulaError> {
        let mut left = part(self)?;
        let depth = self.depth;
        while let Some((_, sign)) = signs.iter().find(|(text, _)| self.accept(text)) {
            // Each further term pushes the terms before it one level deeper.
            self.deeper()?;
            let right = part(self)?;
            let span = left.span.start..right.span.end;
            left = Tree { node: Node::Arithmetic(*sign, Box::new(left), Box::new(right)), span };
        }
        self.depth = depth;
        Ok(left)
    }

    fn signed(&mut self) -> Result<Tree, FormulaError> {
        let start = self.peek().span.start;
        if self.accept("-") {
            self.deeper()?;
            let inner = self.signed()?;
            self.depth -= 1;
            let span = start..inner.span.end;
            return Ok(Tree { node: Node::Negative(Box::new(inner)), span });
        }
        self.primary()
    }

    fn primary(&mut self) -> Result<Tree, FormulaError> {
        let token = self.take();
        let start = token.span.start;
        let node = match token.kind {
            TokenKind::Number(value, unit) => Node::Number(value, unit),
            TokenKind::Date(date) => Node::Date(date),
            TokenKind::Sign("true") => Node::Bool(true),
            TokenKind::Sign("false") => Node::Bool(false),
            TokenKind::Sign("(") => {
                self.deeper()?;
                let inner = self.any()?;
                self.depth -= 1;
                self.expect(")")?;
                return Ok(Tree { node: inner.node, span: start..self.end() });
            }
            TokenKind::Name(name) => self.name(name)?,
            TokenKind::End | TokenKind::Sign(_) => {
                return Err(FormulaError::new(
                    token.span,
                    "这里应是数字、指标名或括号 / a number, a name or a bracket is missing"
                        .to_owned(),
                ));
            }
        };
        Ok(Tree { node, span: start..self.end() })
    }

    fn name(&mut self, name: String) -> Result<Node, FormulaError> {
        if self.accept("(") {
            self.deeper()?;
            let mut arguments = vec![self.any()?];
            while self.accept(",") {
                arguments.push(self.any()?);
            }
            self.depth -= 1;
            self.expect(")")?;
            return Ok(Node::Call(name, arguments));
        }
        if self.accept("[") {
            let (from, to) = self.years()?;
            self.expect("]")?;
            return Ok(Node::Years(name, from, to));
        }
        Ok(Node::Name(name))
    }

    fn years(&mut self) -> Result<(i8, i8), FormulaError> {
        let token = self.peek();
        if let TokenKind::Name(word) = &token.kind {
            self.at += 1;
            return YEARS
                .iter()
                .find(|(known, ..)| known == word)
                .map(|(_, from, to)| (*from, *to))
                .ok_or_else(|| {
                    let known: Vec<&str> = YEARS.iter().map(|(name, ..)| *name).collect();
                    let known = known.join("、");
                    FormulaError::new(token.span, format!("年度应是 {known} / unknown year"))
                });
        }
        let from = self.offset()?;
        let to = if self.accept("..") { self.offset()? } else { from };
        if from > to {
            return Err(FormulaError::new(
                token.span,
                "年度区间倒置 / years upside down".to_owned(),
            ));
        }
        Ok((from, to))
    }

    fn offset(&mut self) -> Result<i8, FormulaError> {
        let negative = self.accept("-");
        let token = self.take();
        let value = match token.kind {
            TokenKind::Number(value, Unit::Bare) if Fraction::whole(value.floor()) == value => {
                i8::try_from(value.floor()).ok()
            }
            _ => None,
        }
        // A positive offset is refused: nothing is known of future years.
        .filter(|value| negative || *value == 0);
        value.map(|value| if negative { -value } else { value }).ok_or_else(|| {
            FormulaError::new(token.span, "年度应写成 -1 这样的整数 / not a year".to_owned())
        })
    }

    fn deeper(&mut self) -> Result<(), FormulaError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(FormulaError::new(
                self.peek().span,
                "嵌套过深 / nested too deeply".to_owned(),
            ));
        }
        Ok(())
    }

    /// The end of the token taken last, in bytes.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.span.end)
    }
}

/// The static spelling of a sign that the parser expects; empty for any other
/// text.
fn sign_name(sign: &str) -> &'static str {
    const ALL: [&str; 22] = [
        ">=", "<=", "..", ">", "<", "=", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",",
        "and", "or", "not", "in", "true",
    ];
    ALL.iter().find(|known| **known == sign).copied().unwrap_or("")
}
