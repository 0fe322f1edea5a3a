//! The pages that ship, written from the templates in `www/pages`: a name in braces
//! is a mark, in whose place something is put.

use crate::hook::Build;
use crate::{about::LINK, files, repo, script};
use anyhow::{Context, Result, ensure};
use fs_err as fs;
use regex_lite::{Captures, Regex};
use std::collections::BTreeMap;

/// A template with these marks filled in. Lines in which nothing is left go, and a
/// mark that a template does not have, or that nothing is put into, is a mistake.
pub fn render(name: &str, marks: &[(&str, &str)]) -> Result<String> {
    let template = fs::read_to_string(repo::root().join("www/pages").join(name))?;
    fill(&template, marks).with_context(|| format!("www/pages/{name}"))
}

fn fill(template: &str, marks: &[(&str, &str)]) -> Result<String> {
    let mark = Regex::new(r"\{([a-z]+)\}")?;
    let marks: BTreeMap<&str, &str> = marks.iter().copied().collect();
    for found in mark.captures_iter(template) {
        ensure!(marks.contains_key(&found[1]), "nothing is put into {}", &found[0]);
    }
    for name in marks.keys() {
        ensure!(template.contains(&format!("{{{name}}}")), "it has no {{{name}}}");
    }
    // What is put in is not looked at again: it may have braces of its own.
    let lines = template.lines().map(|it| mark.replace_all(it, |at: &Captures<'_>| marks[&at[1]]));
    Ok(lines.filter(|line| !line.trim().is_empty()).map(|line| line.into_owned() + "\n").collect())
}

/// Writes a page from its template.
pub fn write(build: &Build, name: &str, marks: &[(&str, &str)]) -> Result<()> {
    Ok(fs::write(build.staging.join(name), render(name, marks)?)?)
}

/// The link to a stylesheet.
pub fn stylesheet(name: &str) -> String {
    format!("<link rel=\"stylesheet\" href=\"{name}\">")
}

/// The tag of a script. It is deferred and stands in the head, so that it is fetched
/// while the page is read.
pub fn deferred(name: &str) -> String {
    format!("<script src=\"{name}\" defer></script>")
}

/// `embed.html`, which builds the code for a host, and the example pages.
pub fn for_hosts(build: &Build, styles: &str, icon: &str) -> Result<()> {
    let script = script::hashed(build, "boot/builder", "zice-builder", &[], &[])?;
    let own = script::stylesheet(build, "www/pages/embed.css", "zice-builder")?;
    let marks = [("styles", styles), ("own", own.as_str()), ("script", &script), ("icon", icon)];
    write(build, "embed.html", &marks)?;
    let (from, to) = (repo::root().join("www/examples"), build.staging.join("examples"));
    fs::create_dir_all(&to)?;
    for name in files::names(&from)? {
        let text = fs::read_to_string(from.join(&name))?;
        fs::write(to.join(&name), text.replace("{icon}", icon))?;
    }
    Ok(())
}

/// `app.html`: the page that can be installed and works offline, with its service
/// worker. It starts with the script `widget`, the styles and the other `first`
/// files; `about.html` needs the stylesheet `about`.
pub fn installable(
    build: &Build,
    icon: &str,
    (widget, styles): (&str, &str),
    about: &str,
    first: &[&str],
) -> Result<()> {
    let install = script::hashed(build, "boot/install", "zice-install", &[], &[])?;
    write(build, "app.webmanifest", &[("icon", icon)])?;
    let scripts = [
        deferred(widget),
        "<link rel=\"manifest\" href=\"app.webmanifest\">".to_owned(),
        "<meta name=\"theme-color\" content=\"#0b5c8a\">".to_owned(),
        deferred(&install),
    ];
    let page = render(
        "page.html",
        &[
            ("policy", ""),
            ("icon", icon),
            ("styles", &stylesheet(styles)),
            ("scripts", &scripts.join("\n  ")),
            ("about", LINK),
            ("late", ""),
        ],
    )?;
    fs::write(build.staging.join("app.html"), &page)?;

    let own = ["about.html", about, "app.html", "app.webmanifest", icon, &install, widget, styles];
    let mut files: Vec<String> = own.iter().chain(first).map(|&name| name.to_owned()).collect();
    let policies = files::names(&build.staging.join("policies"))?;
    files.extend(policies.iter().map(|name| format!("policies/{name}")));
    files.sort();
    // The build is what all of these are: one byte changed, and it is another.
    let mut content = Vec::new();
    for name in &files {
        content.extend_from_slice(name.as_bytes());
        content.extend(fs::read(build.staging.join(name))?);
    }
    let build_name = files::short_hash(&content);
    let list = serde_json::to_string(&files)?;
    let names = [("ZICE_BUILD", build_name.as_str()), ("ZICE_FILES", &list)];
    let worker = script::bundle(build, "boot/sw", &script::CLASSIC, &names, &[])?;
    Ok(fs::write(build.staging.join("sw.js"), worker)?)
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn marks_are_filled_and_what_is_put_in_is_left_as_it_is() {
        let template = "<a href=\"{icon}\">\n  {late}\n[{ \"src\": \"{icon}\" }]\n";
        let page = fill(template, &[("icon", "{late}"), ("late", "")]).unwrap();
        assert_eq!(page, "<a href=\"{late}\">\n[{ \"src\": \"{late}\" }]\n");
    }

    #[test]
    fn a_mark_too_many_or_too_few_is_a_mistake() {
        assert!(fill("{icon}", &[]).is_err());
        assert!(fill("<p>", &[("icon", "a")]).is_err());
    }
}
