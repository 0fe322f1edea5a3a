//! Defines the command line. The doc comments of arguments and commands are the
//! texts of `--help`.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use zice_advice::Options;
use zice_rules::{Date, Lang};

/// Zice 申报自测：按政策自测企业，检查政策文件。
/// Self-check for Chinese public programmes: assess companies, check policies.
#[derive(Debug, Parser)]
#[command(
    name = "zice",
    version,
    verbatim_doc_comment,
    after_help = "退出码 Exit status: 0 完成，不论结论 done, whatever the verdict; \
                  1 检查未通过 a check failed; 2 输入有误 bad input"
)]
pub struct Args {
    /// 做什么 / what to do
    #[command(subcommand)]
    pub command: Command,

    /// 输出语言 / language of the output
    #[arg(long, global = true, value_enum, default_value_t = LangArg::Zh, value_name = "LANG")]
    pub lang: LangArg,

    /// 从这个文件夹读政策，不用程序自带的 / read the policies of this folder
    /// instead of those the program carries
    #[arg(long = "policies", id = "folder", global = true, value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

/// The languages of the product.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LangArg {
    /// 中文
    #[value(alias = "zh-CN")]
    Zh,
    /// English
    En,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
        }
    }
}

/// One thing to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 列出政策：编号@版本、名称、申报期、摘要值 / list the policies
    Policies(PoliciesArgs),
    /// 自测一家企业，或逐行自测多家 / assess a company, or many line by line
    ///
    /// 读企业文件（zice.company/1），写报告（zice.report/1）。没填的事实是“未知”，不是“否”；
    /// 有不可能数值的文件不予评估，并指明是哪一项。
    /// Reads a company file and writes the report. A fact that is not given is
    /// unknown, never "no"; a file with an impossible figure is not assessed,
    /// and the figure is named.
    #[command(verbatim_doc_comment)]
    Assess(AssessArgs),
    /// 说明怎样能过、有多稳 / tell what would make a company pass
    ///
    /// 只给真实、合法、还来得及做的事：一件也不能少，少一份也不行；说不出来的，说为什么。
    /// Real and lawful acts for which there is still time: none can be left out
    /// and none made smaller. Where there are none, the reason.
    #[command(verbatim_doc_comment)]
    Advise(AdviseArgs),
    /// 检查政策文件：类型、单位、档位、出处、译文、案例、覆盖 / check policy files
    ///
    /// 有错误、有不符的案例、有案例没覆盖到的条件、档位、路径或材料，都以退出码 1 结束。
    /// Exit status 1 when a file is wrong, a golden case fails, or a criterion,
    /// band, route or paper is reached by no case.
    #[command(verbatim_doc_comment)]
    Check(CheckArgs),
    /// 说明两个版本有哪些不同 / tell what changed between two editions
    Diff(DiffArgs),
    /// 读一张表：知识产权清单、利润表、资产负债表、信息表 / read a table
    ///
    /// 认出来的写成企业文件的事实，没认出来的列在 unclear 里，绝不按最好的情况算。
    /// TSV 或 CSV，编码为 UTF-8、GB18030 或 UTF-16。
    /// What is understood becomes facts of a company file; what is not is
    /// listed under unclear and never taken for the best case. TSV or CSV in
    /// UTF-8, GB18030 or UTF-16.
    #[command(verbatim_doc_comment)]
    Table(TableArgs),
}

/// Arguments of `zice table`.
#[derive(Debug, clap::Args)]
pub struct TableArgs {
    /// 只读成这个清单，如 ip / as entries of this list only
    #[arg(long, value_name = "ID", conflicts_with = "figures")]
    pub list: Option<String>,

    /// 只找按年度和其他的数字 / figures only
    #[arg(long)]
    pub figures: bool,

    /// 申报日；“本期”没写年份时是它的上一年，不写为今天。
    /// Day of application (default today): what a table calls this period
    /// without naming a year is the year before it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, verbatim_doc_comment)]
    pub as_of: Option<Date>,

    /// 表里没写单位时的金额单位 / what amounts are in where the table names no unit
    #[arg(long, value_enum, default_value_t = UnitArg::Yuan, value_name = "元|万元")]
    pub unit: UnitArg,

    /// 企业名称，用来认权利人 / the company's name, to tell its own rights by
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// 表格文件，- 为标准输入 / the table, - for standard input
    pub file: PathBuf,
}

/// What amounts are in.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum UnitArg {
    /// 元 / yuan
    #[value(name = "元", alias = "yuan")]
    Yuan,
    /// 万元 / ten thousand yuan
    #[value(name = "万元", alias = "wan")]
    TenThousand,
}

/// Arguments of `zice diff`.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// 原版本，如 tech-sme@2023 / the edition one knows
    #[arg(value_name = "ID@EDITION")]
    pub first: String,

    /// 新版本，如 tech-sme@2026 / the edition to compare with it
    #[arg(value_name = "ID@EDITION")]
    pub second: String,
}

/// Arguments of `zice policies`.
#[derive(Debug, clap::Args)]
pub struct PoliciesArgs {
    /// 输出 JSON 数组 / write a JSON array
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `zice assess`.
#[derive(Debug, clap::Args)]
pub struct AssessArgs {
    /// 政策，可重复；只写一项时输出一个对象，多项或不写（所有政策）时输出数组。
    /// 不写版本：取年份不晚于申报日的最新版，没有则取最早版。
    /// Policy, repeatable: ID or ID@EDITION. One gives an object; several or
    /// none (every programme) an array. Without an edition: the newest whose
    /// year is not after the day of application, else the oldest.
    #[arg(long = "policy", short, value_name = "ID[@EDITION]", verbatim_doc_comment)]
    pub policies: Vec<String>,

    /// 申报日，优先于文件里的 as_of / day of application, instead of the file's
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,

    /// 每行一家企业，按序逐行输出；空白行跳过，有误的行输出
    /// {"error": …, "line": N}，其余照常，最后以退出码 2 结束。
    /// One company a line in, one line out, in order. Blank lines are skipped;
    /// a bad line becomes {"error": …, "line": N}, the others go on, and the
    /// exit status is 2 at the end.
    #[arg(long, verbatim_doc_comment)]
    pub jsonl: bool,

    /// 与 --jsonl 合用：报告里也写怎样能过、有多稳（单个文件总是写）。
    /// With --jsonl: advice and margins in the reports too; the report of a
    /// single file always has them.
    #[arg(long, verbatim_doc_comment)]
    pub advice: bool,

    /// 每家企业每项政策只写一行：结论、得分区间、还缺什么、各条状态。
    /// One line a company and policy instead of reports: verdict, range of the
    /// score, what is missing, and the status of each criterion.
    #[arg(long, verbatim_doc_comment)]
    pub brief: bool,

    /// 与 --brief 合用：写成 CSV / with --brief: write CSV
    #[arg(long)]
    pub csv: bool,

    /// 与 --jsonl 合用：同时用几个线程，默认与处理器数相同；结果和顺序不变。
    /// With --jsonl: threads to work on, as many as there are processors where
    /// nothing is said. Results and their order stay the same.
    #[arg(
        long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256),
        verbatim_doc_comment
    )]
    pub threads: Option<u16>,

    /// 企业文件，- 为标准输入；每家企业至多 4 MiB / company file, - for
    /// standard input; at most 4 MiB a company
    pub file: PathBuf,
}

/// Arguments of `zice advise`.
#[derive(Debug, clap::Args)]
pub struct AdviseArgs {
    /// 政策，可重复：多项时另列出哪些做法对几项都有用、会使哪项不再符合。
    /// Policy, repeatable. Several are told together too: what helps more than
    /// one, and what it would break elsewhere.
    #[arg(
        long = "policy",
        short,
        value_name = "ID[@EDITION]",
        required = true,
        verbatim_doc_comment
    )]
    pub policies: Vec<String>,

    /// 只看这一轮或下一轮 / this round or the next one only
    #[arg(long, value_enum, value_name = "ROUND")]
    pub horizon: Option<HorizonArg>,

    /// 余量：所有数据都往不利的方向再差这么多也要够，如 5%、2.5%。
    /// Cushion: it must still do where every figure is worse by this share.
    #[arg(long, value_name = "PERCENT", value_parser = cushion, default_value = "0%", verbatim_doc_comment)]
    pub cushion: u16,

    /// 输出照第 K 条做了以后的企业文件 / write the company file after item K, from 1
    #[arg(long, value_name = "K")]
    pub apply: Option<usize>,

    /// 申报日，优先于文件里的 as_of / day of application, instead of the file's
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Date>,

    /// 企业文件，- 为标准输入 / company file, - for standard input
    pub file: PathBuf,
}

/// A round of application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HorizonArg {
    /// 这一轮 / the round of the day of application
    #[value(name = "this_round")]
    This,
    /// 下一轮 / the round after it
    #[value(name = "next_round")]
    Next,
}

/// Parses a cushion.
fn cushion(text: &str) -> Result<u16, String> {
    Options::cushion(text)
        .ok_or_else(|| "应为 0% 到 50%，至多一位小数 / 0% to 50%, at most one decimal".to_owned())
}

/// Arguments of `zice check`.
#[derive(Debug, clap::Args)]
pub struct CheckArgs {
    /// 政策文件夹，或其中的一个子文件夹或文件（只显示与它有关的问题）。
    /// 不写：./policies，没有则检查程序自带的政策。
    /// A policies folder, or a folder or file inside one (only what concerns it
    /// is shown). Default: ./policies, else the policies carried by the program.
    #[arg(value_name = "PATH", verbatim_doc_comment)]
    pub paths: Vec<PathBuf>,

    /// 逐一改动规则里的数字、比较、是非、年度、分数和日期，看有没有案例发现。
    /// Change one number, comparison, yes-or-no, year, score or day of the
    /// rules after another: a golden case must notice each.
    #[arg(long, verbatim_doc_comment)]
    pub mutate: bool,

    /// 只改动上次通过后有变化的版本（记在 mutation.lock 里，通过后更新）。
    /// Mutate only the editions that are not as mutation.lock says they last
    /// passed; it is written when everything has.
    #[arg(long, requires = "mutate", verbatim_doc_comment)]
    pub changed: bool,
}

/// Parses a date for clap.
fn day(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or_else(|| "不是存在的日期，应为 YYYY-MM-DD / not a date that exists".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Args::command().debug_assert();
    }
}
