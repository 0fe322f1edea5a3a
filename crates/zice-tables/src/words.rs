//! Words of the language that tables are written in. What facts, fields and
//! choices are called is not here: that stands in the dictionary.

use zice_rules::text::spelling;

/// Cells that say yes.
pub const YES: &[&str] = &["是", "有", "对", "√", "✓", "✔", "1", "yes", "y", "true", "t"];
/// Cells that say no.
pub const NO: &[&str] =
    &["否", "无", "没有", "不是", "错", "×", "✗", "✘", "0", "no", "n", "false", "f"];
/// Rows that add up others.
pub const SUM: &[&str] = &["合计", "总计", "小计", "共计", "total", "sum", "subtotal"];
/// What stands behind a number of something.
pub const COUNT: &[&str] = &[
    "年", "年度", "份", "项", "个", "件", "人", "家", "户", "位", "名", "条", "分", "year", "years",
];
/// Heads of what stands in no field of any list, however it is read: numbers
/// of rows, other days than those that are asked, people, papers.
pub const OTHER: &[&str] = &[
    "序号",
    "序列",
    "编号",
    "行号",
    "行次",
    "no",
    "number",
    "项次",
    "顺序号",
    "知识产权编号",
    "ip编号",
    "申请日",
    "申请日期",
    "申请时间",
    "filing date",
    "application date",
    "优先权",
    "优先权日",
    "优先权号",
    "公开日",
    "公开日期",
    "公布日",
    "实审日",
    "进入国家日期",
    "失效日",
    "失效日期",
    "预估到期日",
    "到期日",
    "开发完成日期",
    "首次发表日期",
    "首次发表",
    "发表日期",
    "发表状态",
    "受理日",
    "受理日期",
    "缴费日期",
    "发明人",
    "发明设计人",
    "设计人",
    "第一发明人",
    "[标]发明人",
    "inventor",
    "inventors",
    "作者",
    "代理人",
    "代理机构",
    "专利代理机构",
    "代理师",
    "agent",
    "联系人",
    "联系电话",
    "电话",
    "手机",
    "邮箱",
    "地址",
    "申请人地址",
    "邮编",
    "ipc",
    "ipc分类号",
    "ipc主分类号",
    "主分类号",
    "分类号",
    "洛迦诺分类号",
    "cpc分类号",
    "国民经济分类",
    "摘要",
    "摘要中文",
    "权利要求数",
    "权利要求数量",
    "页数",
    "引用数",
    "被引用数",
    "同族数",
    "版本号",
    "受理号",
    "流水号",
    "证书原件",
    "原件",
    "附件",
    "附件页码",
    "是否有证书",
    "证书存放",
    "案卷号",
    "内部编号",
    "合同编号",
    "下载链接",
    "网址",
    "部门",
    "所属部门",
    "负责人",
    "管理人",
    "保管人",
    "地区",
    "国省代码",
    "对应研发项目",
    "关联rd",
    "研发项目编号",
    "所属技术领域",
    "主权项",
    "技术效果",
    "关键词",
    "数量",
    "件数",
    "专利价值",
    "战略新兴产业分类",
    "国民经济行业分类",
    "是否费减",
    "费减",
    "资助情况",
    "密级",
    "是否质押",
    "质押次数",
    "对应rd",
    "对应rd编号",
    "rd编号",
    "对应研发活动",
    "研发活动编号",
    "关联研发项目",
    "质押情况",
    "存放位置",
    "存放地点",
    "经办部门",
    "经办人",
    "责任部门",
    "代理机构名称",
    "技术领域",
    "ipc主分类",
    "ipc分类",
    "软件简称",
    "简称",
    "评估价值",
    "入账价值",
    "账面价值",
];
/// In the titles of statements.
pub const STATEMENT: &[&str] = &["利润表", "损益表", "负债表", "流量表", "权益变动表", "财务报表"];
/// In those that are not, or not only, of the company.
pub const OF_OTHERS: &[&str] = &["合并", "汇总", "子公司", "分公司", "计划"];
/// In titles and notes of figures that are none of a year that was.
pub const PLANNED: &[&str] = &["预算", "预测", "预计", "模拟", "备考", "估算", "试算"];
/// Before the name of the company whose figures follow.
pub const COMPANY_LINE: &[&str] = &[
    "编制单位",
    "填报单位",
    "报送单位",
    "申报单位",
    "填表单位",
    "纳税人名称",
    "企业名称",
    "公司名称",
    "单位名称",
    "核算单位",
    "被审计单位",
    "会计主体",
];
/// In those of the company alone.
pub const PARENT: &str = "母公司";
/// Heads of a column that says with yes or no whether a right was granted.
pub const GRANTED_OR_NOT: &[&str] = &[
    "授权否",
    "是否授权",
    "授权与否",
    "是否已授权",
    "是否获授权",
    "登记否",
    "是否登记",
    "是否已登记",
];
/// In the heads of columns that tell of a right that it is over, or when it is.
pub const ENDING: &[&str] = &[
    "失效",
    "终止",
    "到期",
    "届满",
    "期满",
    "有效期",
    "保护期",
    "放弃",
    "无效",
    "注销",
    "撤销",
    "驳回",
    "撤回",
    "欠",
    "滞纳",
    "未缴",
    "逾期",
    "停缴",
    "过期",
    "寿命",
    "缴至",
    "缴费截止",
    "缴费期限",
    "下次缴费",
    "expir",
    "expiry",
    "lapse",
    "terminat",
];
/// In those that ask whether it is not over yet: no is bad news.
pub const WITHIN: &[&str] = &["期内", "在有效期", "在保护期"];
/// In the heads of columns that tell how a right stands, beside its status.
pub const STANDING: &[&str] =
    &["有效", "有权", "授权状态", "年费", "缴费", "维持", "法律", "状态", "legal", "status"];
/// Cells of such columns that say that it stands as it should.
pub const IN_ORDER: &[&str] = &[
    "未到期",
    "未到缴费期",
    "正常缴费",
    "正常",
    "已缴",
    "已缴费",
    "已缴纳",
    "按时缴纳",
    "已缴年费",
    "良好",
];
/// Cells that say that a right belongs to its owner alone.
pub const WHOLE_RIGHT: &[&str] = &["全部权利", "全部"];
/// What happened to a right without changing whether it is in force.
pub const NEUTRAL: &[&str] = &[
    "权利转移",
    "质押",
    "质押合同登记",
    "许可",
    "实施许可",
    "专利实施许可",
    "解除质押",
    "一案双申",
    "著录事项变更",
];

/// What says of a right that it changed hands, or that others use it.
pub const MOVED: &[&str] = &["转移", "转让", "受让", "许可"];
/// What says of a right in running text that it may be somebody else's now.
/// That it was bought (受让取得) says only how it came to the company.
pub const MOVED_AWAY: &[&str] =
    &["转移", "转让", "受让人", "受让方", "许可", "卖给", "出售", "售出", "已卖"];
/// Heads of remarks: where one is blank, or says 无, nothing is said of its row.
pub const REMARK: &[&str] =
    &["备注", "说明", "附注", "备考", "其他说明", "备注说明", "remark", "remarks", "note", "notes"];
/// Remarks that say nothing beyond that all is as it should be, with [`NO`] and
/// [`IN_ORDER`].
pub const SILENT: &[&str] =
    &["空", "空白", "暂无", "无备注", "无说明", "无异常", "一切正常", "nil", "none", "na"];
/// In names of figures that are of more than one year.
pub const SEVERAL_YEARS: &[&str] = &[
    "最近三年",
    "近三年",
    "前三年",
    "近3年",
    "近两年",
    "近二年",
    "近五年",
    "近三个会计年度",
    "近三个年度",
    "三年合计",
    "三年累计",
    "三年总",
];
/// In the heads of days on which an application, and no grant, was published.
pub const PUBLISHED: &[&str] = &["公开", "公布"];
/// In the heads of days on which something was announced, a grant or not.
pub const ANNOUNCED: &[&str] = &["公告"];
/// In those of a grant.
pub const OF_GRANTS: &[&str] = &["授权", "登记", "注册"];
/// In titles that name who else has rights.
pub const OTHERS: &[&str] = &["公司", "大学", "学院", "研究院", "研究所", "集团"];
/// What heads of the right's own number hold.
pub const OWN_NUMBER: &[&str] =
    &["专利号", "申请号", "公告号", "公开号", "登记号", "证书号", "授权号", "编号", "注册号"];
/// What heads of another right's number hold.
pub const OTHERS_NUMBER: &[&str] =
    &["关联", "相关", "优先权", "同族", "母案", "原案", "引用", "引证", "对应", "一案双申"];

/// Whether a head holds one of the words of [`ENDING`] or [`STANDING`]: 所有权人 is
/// no word of 有权.
pub fn stands(head: &str, all: &[&str]) -> bool {
    let head = ["所有权", "拥有权", "持有权"]
        .iter()
        .fold(head.to_owned(), |head, word| head.replace(word, ""));
    all.iter().any(|word| head.contains(word))
}

/// Whether a spelling is one of the words of a list.
pub fn is_one_of(spelled: &str, list: &[&str]) -> bool {
    !spelled.is_empty() && list.iter().any(|word| spelling(word) == spelled)
}

/// Whether a remark says nothing of its row.
pub fn is_silent(text: &str) -> bool {
    let spelled = spelling(text);
    spelled.is_empty() || [NO, SILENT, IN_ORDER].iter().any(|list| is_one_of(&spelled, list))
}
