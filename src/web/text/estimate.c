/* The estimate, for anybody. */
#include "text.h"

static const struct page_text texts[] = {
  { "title", "支援金の試算", "Estimate the support" },
  { "intro", "分かることだけ答えてください。名前は聞きません。入力した内容はどこにも保存されません。",
    "Answer what you know. No names are asked, and nothing you enter is stored anywhere." },
  { "submit", "試算する", "Estimate" },
  { "again", "答えを変えて、もう一度試算する", "Change your answers and estimate again" },
  { "file", "申請を始める（ログインします）", "Begin a claim (you will sign in)" },
  { "assumed", "A①会員であるとして試算しました。", "Estimated as if the member were an A① member." },
  { "a1", "開設者または管理者は、日本医師会のA①会員ですか", "Is the one who opens or manages the facility an A① member of the JMA?" },
  { "a1_hint", "会員証または会費の区分で分かります。", "The membership card or the fee's class tells." },
  { "relation", "その会員と施設の関係", "What the member is to the facility" },
  { "opens", "開設している", "opens it" },
  { "manages", "管理している", "manages it" },
  { "neither", "どちらでもない", "neither" },
  { "kind", "施設の種別", "Kind of facility" },
  { "kind_clinic", "診療所", "clinic" },
  { "kind_hospital", "病院", "hospital" },
  { "kind_shared", "医師会共同利用施設", "shared-use facility of a medical association" },
  { "kind_care", "介護施設・介護事業所", "care service" },
  { "closed_from", "攻撃のために休診した最初の日", "First day closed because of the attack" },
  { "closed_hint", "休診していないときは空けておいてください。", "Leave it empty if you did not close." },
  { "closed_to", "休診した最後の日（今も続いているときは今日）", "Last day closed (today, if it goes on)" },
  { "sunday", "日曜日は定休日", "Sundays are regular days off" },
  { "holidays", "祝日は休診", "Closed on national holidays" },
  { "told", "厚生労働省または日本医師会に届け出た", "The Ministry of Health, Labour and Welfare or the JMA was notified" },
  { "reported", "再発防止策を含めて個人情報保護委員会に報告した",
    "The leak was reported to the Personal Information Protection Commission, with measures against recurrence" },
  { "persons_told", "漏えいした本人に知らせた（できないときは公表した）", "The persons concerned were told (or it was made public where they cannot be)" },
};
const struct page_area text_estimate = { "estimate", texts, COUNT_OF(texts) };
