#include "messages.h"

const struct message cli__line_too_large = {
  "malformed",
  "この行は1 MiBを超えています。1件の申請を1行（1 MiB以下）にしてください。",
  "This line is larger than 1 MiB. Put one claim of at most 1 MiB on a line." };
const struct message cli__file_missing = {
  "unreadable", "ファイル {0} がありません。名前と場所を確かめてください。",
  "There is no file {0}. Check its name and where it stands." };
const struct message cli__file_unreadable = {
  "unreadable", "{0} を読めません。フォルダーではなくファイルか、読む権限があるかを確かめてください。",
  "{0} cannot be read. Check that it is a file and not a folder, and that you may read it." };
const struct message cli__file_too_large = {
  "unreadable", "ファイル {0} が大きすぎます。正しいファイルか確かめ、分けられるものは分けてください。",
  "The file {0} is too large. Check that it is the right one, and split it where it can be." };
const struct message cli__rules_unpublished = {
  "rules_unpublished", "フォルダー {0} に公開された規則がありません。definitions の publishedOn に公開日を書くと判定に使われます。",
  "The folder {0} holds no published rules. A rule file decides once publishedOn of its definitions gives the day." };
const struct message cli__case_file_shape = {
  "case_file", "事例ファイルの形が正しくありません: {0}。rules/README.md の書き方を見てください。",
  "This case file has not the right shape: {0}. See rules/README.md for how to write it." };
const struct message cli__case_shape = {
  "case_file", "事例「{0}」は書き方が正しくありません（使えるもの・要るもの: {1}）。rules/README.md の書き方を見てください。",
  "Case \"{0}\" is not written as cases are (known or needed: {1}). See rules/README.md for how to write it." };
const struct message cli__case_expected = {
  "case_failed", "事例「{0}」: {1} は {2} のはずですが {3} でした。", "Case \"{0}\": {1} should be {2} but is {3}." };
const struct message cli__node_without_clauses = {
  "clauses", "「{0}」の説明が [P8 P9] のような条項番号で始まっていません。",
  "The description of \"{0}\" does not begin with its clauses, like [P8 P9]." };
const struct message cli__table_without_clauses = {
  "clauses", "「{0}」の表に「条項」の列がありません。", "The table of \"{0}\" has no column 条項 for its clauses." };
const struct message cli__row_without_clause = {
  "clauses", "「{0}」の表の {1} 行目に条項がありません。", "Row {1} of the table of \"{0}\" cites no clause." };
const struct message cli__grid_fault = {
  "rules_fault", "事実の組み合わせ {0} で誤りが出ます: {1}", "Combination {0} of facts gives a fault: {1}" };
const struct message cli__decision_differs = {
  "differs", "申請 {0}: {1} が {2} から {3} に変わります。", "Claim {0}: {1} changes from {2} to {3}." };
