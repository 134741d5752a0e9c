/* The catalogue of the analysis. {0} the node, {1} the rows, {2} the input, {3} the region, {4} an example, {5} a detail. */
#include "analysis/analysis.h"

static const struct message rows[] = {
  { "table_gap", "「{0}」の表: 当たる行がありません（{3}）。例: {4}。行を足すか、既定の出力を決めてください。",
    "Table of \"{0}\": no row matches {3}. Example: {4}. Add a row or a default output." },
  { "table_gap_possible",
    "「{0}」の表: 式で書かれた条件（{1} 行目）が成り立たなければ、当たる行がありません（{3}）。例: {4}。",
    "Table of \"{0}\": no row matches {3} unless conditions that are expressions hold (rows {1}). Example: {4}." },
  { "table_gap_null", "「{0}」の表: 当たる行がありません（{3}）。例: {4}。この入力が null になり得るかは分かりません。",
    "Table of \"{0}\": no row matches {3}. Example: {4}. Whether that input can be null is not known." },
  { "table_overlap",
    "「{0}」の表: {1} 行目が同時に当たります（{3}）。例: {4}。UNIQUE では一行だけが当たるよう、条件を分けてください。",
    "Table of \"{0}\": rows {1} match together where {3}. Example: {4}. UNIQUE wants one row at most: keep their conditions apart." },
  { "table_conflict",
    "「{0}」の表: {1} 行目が同時に当たり、答えが違います（{3}）。例: {4}。ANY では答えをそろえるか、条件を分けてください。",
    "Table of \"{0}\": rows {1} match together and answer differently where {3}. Example: {4}. ANY wants one answer: make it the same or keep the conditions apart." },
  { "table_overlap_possible", "「{0}」の表: 式で書かれた条件によっては {1} 行目が同時に当たります（{3}）。例: {4}。",
    "Table of \"{0}\": rows {1} match together where {3} if conditions that are expressions hold. Example: {4}." },
  { "rule_masked",
    "「{0}」の表: {1} 行目には決して至りません。上の行がすべてを取ります。例: {4}。行を消すか、上に移してください。",
    "Table of \"{0}\": row {1} is never reached, since rows above take all it matches. Example: {4}. Remove it or move it up." },
  { "rule_misleading",
    "「{0}」の表: {1} 行目は当たっても採られません。優先する出力の行が必ず同時に当たります。例: {4}。",
    "Table of \"{0}\": row {1} matches but never decides, since rows of higher priority match as well. Example: {4}. Remove it or change its output." },
  { "rule_never", "「{0}」の表: {1} 行目に当たる値はありません。条件を直すか、行を消してください。",
    "Table of \"{0}\": no values match row {1}. Mend its conditions or remove it." },
  { "rule_duplicate", "「{0}」の表: {1} 行目は条件も答えも同じです。一方を消してください。",
    "Table of \"{0}\": rows {1} have the same conditions and answers. Remove one." },
  { "rule_subsumed",
    "「{0}」の表: {1} 行目のうち、初めの行は後の行に含まれ、答えも同じです。初めの行は要りません。例: {4}。",
    "Table of \"{0}\": of rows {1} the first lies within the second, with the same answer, and is not needed. Example: {4}." },
  { "rule_mergeable", "「{0}」の表: {1} 行目は「{2}」の条件だけが違い、一行にまとめられます。",
    "Table of \"{0}\": rows {1} differ only in \"{2}\" and could be one row." },
  { "input_irrelevant", "「{0}」の表: 入力「{2}」は答えを変えません。列を消すか、条件を書いてください。",
    "Table of \"{0}\": the input \"{2}\" changes no answer. Remove the column or give it conditions." },
  { "cell_outside_domain", "「{0}」の表 {1} 行目: 「{2}」の {5} は、この入力が取る値ではありません。",
    "Table of \"{0}\", row {1}: {5} is no value that \"{2}\" can have." },
  { "cell_type", "「{0}」の表 {1} 行目: 「{2}」の {5} は、この入力の型ではありません。値の書き方か型を直してください。",
    "Table of \"{0}\", row {1}: {5} is not of the type of \"{2}\". Mend the literal or the type." },
  { "output_outside_values",
    "「{0}」の表 {1} 行目: 答え {5} は許された出力ではありません。値か、許す値の一覧を直してください。",
    "Table of \"{0}\", row {1}: the answer {5} is none of the allowed outputs. Mend it or their list." },
  { "table_no_priorities", "「{0}」の表: {5} には出力値の並び（outputValues）が要ります。優先する順に書いてください。",
    "Table of \"{0}\": {5} needs a list of output values. Write them in order of priority." },
  { "policy_unique", "「{0}」の表: 二行が同時に当たることはないので、{5} でなく UNIQUE で足ります。",
    "Table of \"{0}\": no two rows match together, so UNIQUE would do instead of {5}." },
  { "policy_any", "「{0}」の表: 同時に当たる行は答えが同じなので、{5} でなく ANY が合います。",
    "Table of \"{0}\": rows that match together answer the same, so ANY would do instead of {5}." },
  { "requirement_unused", "「{0}」は「{5}」を必要とすると描かれていますが、使っていません。線を外してください。",
    "\"{0}\" is drawn as requiring \"{5}\" but does not use it. Remove the requirement." },
  { "analysis_incomplete",
    "「{0}」の表は大きく、調べ切れていません。ほかにも指摘があるかもしれません。表を分けてください。",
    "The table of \"{0}\" was too large to be looked at whole; there may be more to find. Split it." },
};

const struct message *analysis__message(const char *code) {
  for (size_t i = 0; i < COUNT_OF(rows); i++)
    if (strcmp(rows[i].code, code) == 0) return &rows[i];
  assert(false && "a code that is not in the catalogue");
  return NULL;
}
