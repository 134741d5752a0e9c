/* messages: the catalogue of document. */
#include "messages.h"

const struct message document__no_font = {
  "no_font", "日本語の書体 {0} が見つかりません。パッケージ fonts-noto-cjk を入れてから、もう一度作ってください。",
  "The Japanese font {0} is not installed. Install the package fonts-noto-cjk, then make the document again." };
const struct message document__address_too_long = {
  "address_too_long", "宛名が長く、封筒の窓に収まりません。行を減らすか短くしてください（目安: 5行、1行18字）。",
  "This address does not fit the envelope's window. Use fewer or shorter lines (about 5 of 18 characters)." };
const struct message document__qr_too_long = {
  "qr_too_long", "QRコードに入れる文字が長すぎます（最大 {0} バイト）。短くしてください。",
  "The text for the QR code is too long (at most {0} bytes). Shorten it." };
const struct message document__too_long = {
  "document_too_long", "文書が大きすぎます（上限: {0}）。期間や件数を分けて作ってください。",
  "The document is too large (bound: {0}). Make it in parts, by period or by number of entries." };
const struct message document__too_many_columns = {
  "too_many_columns", "表の列が多すぎます（最大 {0} 列）。列を減らすか、表を分けてください。",
  "The table has too many columns (at most {0}). Leave some out or split the table." };
const struct message document__drawing_failed = {
  "drawing_failed", "PDFを作れませんでした（{0}）。しばらくしてから、もう一度お試しください。",
  "The PDF could not be made ({0}). Please try again in a while." };
