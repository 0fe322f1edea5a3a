//! Shows places in policy files together with the lines they stand in.

use std::{error, fmt};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents,
};
use zice_policy::Diagnostic;
use zice_rules::{Lang, text::spelled_out};

/// Renders a diagnostic as a snippet below `file:line:column`.
pub fn render(diagnostic: &Diagnostic, colour: bool, lang: Lang) -> String {
    let theme = if colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_wrap_lines(false)
        .without_syntax_highlighting();
    let place = Place { diagnostic, source: Source { diagnostic }, lang };
    let mut text = String::new();
    // If miette can't show it, the plain message is still better than nothing.
    if handler.render_report(&mut text, &place).is_err() {
        text = format!("{diagnostic}\n");
    }
    text
}

/// Adapts a diagnostic to miette's trait.
#[derive(Debug)]
struct Place<'a> {
    diagnostic: &'a Diagnostic,
    source: Source<'a>,
    lang: Lang,
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&spelled_out(&self.diagnostic.message, 2000))
    }
}

impl error::Error for Place<'_> {}

impl miette::Diagnostic for Place<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.diagnostic.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let (start, length) = span(self.diagnostic);
        let here = self.lang.pick("这里", "here").to_owned();
        Some(Box::new(std::iter::once(LabeledSpan::new(Some(here), start, length))))
    }
}

/// The start and length in bytes of what is underlined: within the file, at the
/// borders of characters, and not beyond the end of the line.
fn span(diagnostic: &Diagnostic) -> (usize, usize) {
    let text = diagnostic.file.text.as_str();
    let start = text.floor_char_boundary(diagnostic.span.start);
    let end = text.floor_char_boundary(diagnostic.span.end).max(start);
    let marked = text.get(start..end).unwrap_or_default();
    (start, marked.lines().next().unwrap_or_default().len())
}

/// Adapts a diagnostic's file to miette. Unlike a plain string, it has a name
/// and counts columns in characters, as editors and [`Diagnostic::position`]
/// do.
#[derive(Debug)]
struct Source<'a> {
    diagnostic: &'a Diagnostic,
}

impl SourceCode for Source<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let file = &self.diagnostic.file;
        let read = file.text.read_span(span, lines_before, lines_after)?;
        let column = match lines_before {
            0 => self.diagnostic.position().1.saturating_sub(1),
            _ => read.column(),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            file.path.display().to_string(),
            read.data(),
            *read.span(),
            read.line(),
            column,
            read.line_count(),
        )))
    }
}

#[cfg(test)]
mod tests {
    use std::{ops::Range, sync::Arc};

    use super::render;
    use zice_policy::{Diagnostic, SourceFile};
    use zice_rules::Lang;

    fn shown(text: &str, span: Range<usize>) -> String {
        let file = Arc::new(SourceFile { path: "p/2023.toml".into(), text: text.to_owned() });
        let message = "单位不对".to_owned();
        render(&Diagnostic { file, span, message, help: None }, false, Lang::Zh)
    }

    #[test]
    fn columns_are_counted_in_characters() {
        let text = "a = 1\n销售 = \"收入\"\n";
        let start = text.find("\"收入\"").expect("it is there");
        let shown = shown(text, start..start + "\"收入\"".len());
        assert!(shown.contains("p/2023.toml:2:6"), "{shown}");
        assert!(shown.contains("单位不对") && shown.contains("销售 = \"收入\""), "{shown}");
    }

    #[test]
    fn a_span_over_many_lines_is_shown_by_its_first() {
        let shown = shown("[[case]]\na = 1\nb = 2\nc = 3\n", 0..27);
        assert!(shown.contains("[[case]]") && !shown.contains("c = 3"), "{shown}");
    }

    #[test]
    fn every_span_of_every_text_can_be_shown() {
        for text in ["", "\n", "\r\n", "销", "a\n\nb", "a\r\nb\r\n", "\u{feff}x"] {
            for start in 0..=text.len() + 1 {
                for end in start..=text.len() + 2 {
                    assert!(
                        shown(text, start..end).contains("单位不对"),
                        "{text:?} {start}..{end}"
                    );
                }
            }
        }
    }
}
