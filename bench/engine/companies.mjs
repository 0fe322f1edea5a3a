// The made-up enterprises of bench/peers as company files, for tech-sme.
import { generate } from "../peers/data.mjs";

/** The edition that is asked, and the day in its window. */
export const POLICY = "tech-sme@2026";
const YEAR = 2025;
const DAY = "2026-06-01";

const yuan = (fen) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
const rights = (kind, count) => Array.from({ length: count }, () => ({ kind }));

/** An enterprise with everything the programme asks; the peers are told less. */
export function companyOf({ raw }) {
  const last = (figure) => ({ [YEAR]: figure });
  return {
    schema: "zice.company/1",
    as_of: DAY,
    facts: {
      established_on: "2010-03-10",
      entity_kind: "company",
      resident_enterprise: raw.b[0],
      accounts_sound: true,
      audit_collection: raw.b[1],
      rd_accounting_ready: true,
      pays_income_tax: true,
      industry_restricted: !raw.b[2],
      sme_clean_record: raw.b[3],
      sme_not_listed: raw.b[4],
      sme_staff_total: last(String(raw.staff)),
      sme_staff_tech: last(String(raw.tech)),
      revenue: last(yuan(raw.revenueFen)),
      cost_total: last(yuan(raw.costsFen)),
      total_assets: last(yuan(raw.assetsFen)),
      rd_expense_deduct: last(yuan(raw.rdFen)),
      excluded_industry_income: last("0"),
      excluded_industry_base: last("10000000"),
      ip: [...rights("invention", raw.class1), ...rights("utility_model", raw.class2)],
      hnte_certificate_valid: raw.d[0],
      award_top3_5y: raw.d[1],
      provincial_rd_institution: raw.d[2],
      led_standard_5y: raw.d[3],
    },
  };
}

/** So many enterprises: what the peers are given, and the company file as a text. */
export const companies = (count) => generate(count).map((one) => ({ input: one.input, text: JSON.stringify(companyOf(one)) }));
