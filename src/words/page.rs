//! Words of the frame of the page and of the first screen.

super::words! {
    COLON: "：", ": ";
    COMMA: "，", ", ";
    SEMICOLON: "；", "; ";
    FULL_STOP: "。", ".";
    LIST_COMMA: "、", ", ";
    BRACKET: "（", " (";
    BRACKET_END: "）", ")";
    TITLE: "申报自测", "Application self-check";
    PRIVACY: "所有计算都在本页完成，填写的内容不会上传。", "Everything is worked out in this page; nothing you enter is sent anywhere.";
    REFERENCE_ONLY: "自测结果仅供参考，以受理部门的审核意见为准。", "For reference only: the office in charge decides.";
    LOAD_FAILED: "政策文件未能载入，请检查网络后刷新页面：", "The policy files could not be loaded; check the network and reload:";
    OTHER_LANGUAGE: "English", "中文";
    CHOOSE: "选择要自测的项目", "Choose the programmes";
    CHOOSE_HELP: "可以同时选几个项目，共用的问题只问一次。各项目按哪一年的规则自测，由申报日期决定。", "Several can be chosen; a question they share is asked once. The edition of the rules follows the day of application.";
    CHOOSE_SOME: "请至少选一个项目。", "Please choose at least one programme.";
    EDITION: "{a} 年度规则", "{a} edition";
    MORE: "主管部门、申报渠道、能带来什么", "Who runs it, where to apply, what it brings";
    START: "开始自测", "Start";
    RUN_BY: "主管部门", "Run by";
    APPLIED_AT: "申报渠道", "Applied for at";
    BENEFITS: "能带来什么", "What it brings";
    WINDOW: "申报时间", "Window";
    FROM: "{a} 起", "from {a}";
    UNTIL: "{a} 截止", "until {a}";
    OPEN_NOW: "申报日期在申报期内", "open on the day of application";
    NO_WINDOW: "起止日期没有查到，请向主管部门核实", "the dates were not found: ask the office in charge";
    CLOSED_NOW: "申报日期不在申报期内", "not open on the day of application";
    OTHER_YEAR: "申报日期不在 {a} 年", "the day of application is not in {a}";
    MINUTES: "约需 {a} 分钟", "about {a} minutes";
    OPEN_FILE: "打开企业文件", "Open a company file";
    SAVE_FILE: "保存企业文件", "Save the company file";
    FILE_OPENED: "已打开企业文件", "Company file opened";
    FILE_OTHER: "这不是企业文件", "This is not a company file";
    FILE_CUT: "文件不完整", "The file is not complete";
    FILE_VERSION: "文件版本不符", "The file is of another version";
    FILE_WRONG: "文件内容有误", "The file has a mistake in it";
    FILE_UNCHANGED: "，已填内容未改动", "; your answers are unchanged";
}
