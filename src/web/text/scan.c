/* How a file stands with the scanner for malware: what claimants read, and what those read who open the originals. */
#include "text.h"

static const struct page_text texts[] = {
  { "label", "ウイルス検査", "Virus scan" },
  { "some_infected", "送った書類の中に、ウイルス検査で有害なものが見つかったファイルがあります。申請はこのまま進みます。送り直し方をご覧ください。",
    "The scanner found something harmful in a file that you sent. Your claim goes on; please see how to send it anew." },
  { "waiting", "これから行います", "To come soon" },
  { "clean", "有害なものは見つかりませんでした（{0}、{1}）", "Nothing harmful was found ({0}, {1})" },
  { "infected", "有害なものが見つかりました: {2}（{0}、{1}）", "Something harmful was found: {2} ({0}, {1})" },
  { "unscannable", "検査できませんでした（{0}、{1}）", "It could not be scanned ({0}, {1})" },
  { "advice_waiting", "結果を待たずに、先へ進んでください。あとでこの画面を開くと、ここに結果が出ます。",
    "You need not wait for it: please go on. Open this page later to see the result." },
  { "advice_infected",
    "このファイルはそのまま保管し、だれも開きません。申請はこのまま進みます。同じ書類を、別の安全な端末で作り直すか、紙に印刷して写真に撮り、新しいファイルとして送ってください。"
    "送った端末にも有害なものがあるかもしれません。ご心配なときは、日本医師会サイバーセキュリティ対応相談窓口 " TEXT_SECURITY_DESK " にお電話ください。",
    "The file is kept, and nobody opens it. Your claim goes on. Please send the same paper as a new file: made anew on a safe device, or "
    "printed and photographed. The device that it came from may be affected too; if you are worried, call the security desk, "
    TEXT_SECURITY_DESK "." },
  { "advice_unscannable", "このままで結構です。大きいファイルなどで起こることがあります。担当者が気を付けて確かめます。",
    "You need not do anything: this happens with large files, among others. We will look at it with care." },

  { "staff_none", "していません（検査の仕組みが設定されていません）", "None: no scanner is configured" },
  { "staff_advice_waiting", "元のファイルは、まだ検査していません。急がなければ、結果が出てから開いてください。",
    "The original has not been scanned yet. If it can wait, please open it after the scan." },
  { "staff_advice_infected", "記録としてそのまま保管し、だれも開けません。必要な書類なら、作り直したファイルを医療機関に頼んでください。",
    "It is kept as a record, and nobody can open it. If it is needed, please ask the clinic to send the paper anew." },
  { "staff_advice_unscannable", "元のファイルは検査できていません。上の画像で足りるならそれで確かめ、開く必要があれば、別の形で送り直してもらってください。",
    "The original could not be scanned. If its picture does, please use that; if it must be opened, ask for it in another form." },
};
const struct page_area text_scan = { "scan", texts, COUNT_OF(texts) };
