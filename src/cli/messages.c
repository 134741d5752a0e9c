#include "messages.h"

const struct message cli__line_too_large = {
  "malformed",
  "この行は1 MiBを超えています。1件の申請を1行（1 MiB以下）にしてください。",
  "This line is larger than 1 MiB. Put one claim of at most 1 MiB on a line." };
const struct message cli__file_unreadable = {
  "unreadable", "ファイル {0} を読めません（{1}）。名前と権限を確かめてください。",
  "The file {0} cannot be read ({1}). Check its name and permissions." };
const struct message cli__case_file_shape = {
  "case_file", "事例ファイルの形が正しくありません: {0}。rules/README.md の書き方を見てください。",
  "This case file has not the right shape: {0}. See rules/README.md for how to write it." };
const struct message cli__case_expected = {
  "case_failed", "事例「{0}」: {1} は {2} のはずですが {3} でした。", "Case \"{0}\": {1} should be {2} but is {3}." };
