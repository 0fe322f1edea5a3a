//! The pages beside `index.html`.

use crate::hook::{Build, short_hash};
use crate::{repo, script};
use anyhow::{Context, Result, bail};
use std::fs;

/// Copies `www/pages/<name>` with these names put in.
pub fn copy(build: &Build, name: &str, names: &[(&str, &str)]) -> Result<()> {
    let path = repo::root().join("www/pages").join(name);
    let mut text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    for (mark, value) in names {
        if !text.contains(mark) {
            bail!("www/pages/{name} has no {mark}");
        }
        text = text.replace(mark, value);
    }
    fs::write(build.staging.join(name), text).context(name.to_owned())
}

/// `embed.html`, which builds the code for a host, and the example pages.
pub fn for_hosts(build: &Build, styles: &str, icon: &str) -> Result<()> {
    let script = script::hashed(build, "boot/builder", "zice-builder", &[])?;
    let own = script::stylesheet(build, "www/pages/embed.css", "zice-builder")?;
    let names =
        [("{styles}", styles), ("{own}", own.as_str()), ("{script}", &script), ("{icon}", icon)];
    copy(build, "embed.html", &names)?;
    let (from, to) = (repo::root().join("www/examples"), build.staging.join("examples"));
    fs::create_dir_all(&to)?;
    for entry in fs::read_dir(&from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let text = fs::read_to_string(entry.path())?;
        fs::write(to.join(entry.file_name()), text.replace("{icon}", icon))?;
    }
    Ok(())
}

/// `app.html`: the page `html` that can be installed and works offline, with its
/// service worker. `first` are the files it starts with.
pub fn installable(build: &Build, html: &str, icon: &str, first: &[&str]) -> Result<()> {
    let install = script::hashed(build, "boot/install", "zice-install", &[])?;
    copy(build, "app.webmanifest", &[("{icon}", icon)])?;
    let head = html.find("</head>").context("index.html has no </head>")?;
    let mut page = html.to_owned();
    page.insert_str(
        head,
        &format!(
            "<link rel=\"manifest\" href=\"app.webmanifest\">\n\
             <meta name=\"theme-color\" content=\"#0b5c8a\">\n\
             <script src=\"{install}\" defer></script>\n"
        ),
    );
    fs::write(build.staging.join("app.html"), &page).context("app.html")?;

    let mut files =
        vec!["app.html".to_owned(), "app.webmanifest".to_owned(), icon.to_owned(), install];
    files.extend(first.iter().map(|&name| name.to_owned()));
    for entry in fs::read_dir(build.staging.join("policies"))? {
        files.push(format!("policies/{}", entry?.file_name().to_string_lossy()));
    }
    files.sort();
    // The build is what all of these are: one byte changed, and it is another.
    let mut content = Vec::new();
    for name in &files {
        content.extend_from_slice(name.as_bytes());
        content.extend(fs::read(build.staging.join(name)).with_context(|| name.clone())?);
    }
    let build_name = short_hash(&content);
    let list = serde_json::to_string(&files)?;
    let names = [("ZICE_BUILD", build_name.as_str()), ("ZICE_FILES", &list)];
    let worker = script::modern(build, "boot/sw", &names)?;
    fs::write(build.staging.join("sw.js"), worker).context("sw.js")
}
