/* Do the four shapes of kana turn into each other. */
#include "texts.h"

static void hiragana_and_katakana(void **state) {
  struct arena *a = *state;
  ASSERT_TEXT(text_katakana(a, STR("ぁあっんゔゕゖゝゞー漢字A")), "ァアッンヴヵヶヽヾー漢字A");
  ASSERT_TEXT(text_hiragana(a, STR("ァアッンヴヵヶヽヾー漢字A")), "ぁあっんゔゕゖゝゞー漢字A");
  ASSERT_TEXT(text_hiragana(a, STR("ヷヸヹヺ・")), "ヷヸヹヺ・"); /* no hiragana of their own */
}

static void small_become_large(void **state) {
  struct arena *a = *state;
  ASSERT_TEXT(text_large_kana(a, STR("ァィゥェォッャュョヮヵヶ")), "アイウエオツヤユヨワカケ");
  ASSERT_TEXT(text_large_kana(a, STR("ぁぃぅぇぉっゃゅょゎゕゖ")), "あいうえおつやゆよわかけ");
  ASSERT_TEXT(text_large_kana(a, STR("ｧｨｩｪｫｯｬｭｮ")), "ｱｲｳｴｵﾂﾔﾕﾖ");
  ASSERT_TEXT(text_large_kana(a, STR("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ")), "クシストヌハヒフヘホムラリルレロ");
  ASSERT_TEXT(text_large_kana(a, STR("アイウんヴカケー小")), "アイウんヴカケー小");
}

/* Every kana that has a half width, against the row of JIS X 0201; U+3099 and U+309A join in NFKC. */
static void half_and_full_width(void **state) {
  struct arena *a = *state;
  static const char full[] =
      "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
  static const char half[] = "｡｢｣､･ｦｧｨｩｪｫｬｭｮｯｰｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ";
  static const char voiced[] = "ヴガギグゲゴザジズゼゾダヂヅデドバパビピブプベペボポ";
  static const char marked[] = "ｳﾞｶﾞｷﾞｸﾞｹﾞｺﾞｻﾞｼﾞｽﾞｾﾞｿﾞﾀﾞﾁﾞﾂﾞﾃﾞﾄﾞﾊﾞﾊﾟﾋﾞﾋﾟﾌﾞﾌﾟﾍﾞﾍﾟﾎﾞﾎﾟ";
  ASSERT_TEXT(text_half_width(a, STR(full)), half);
  ASSERT_TEXT(text_full_width(a, STR(half)), full);
  ASSERT_TEXT(text_half_width(a, STR(voiced)), marked);
  ASSERT_TEXT(text_full_width(a, STR(marked)), voiced);
  ASSERT_TEXT(text_nfkc(a, STR(marked)), voiced); /* ICU agrees */
  ASSERT_TEXT(text_half_width(a, STR("Ａｚ０！～　漢ヰヱヮヵヶヷヺ")), "Az0!~ 漢ヰヱヮヵヶヷヺ");
  ASSERT_TEXT(text_full_width(a, STR("Az0!~ 漢")), "Ａｚ０！～　漢");
  ASSERT_TEXT(text_full_width(a, STR("ﾞｱﾞｶﾟｶ")), "゛ア゛カ゜カ"); /* marks that voice nothing stay apart */
}

static void spellings_of_a_name_share_a_key(void **state) {
  struct arena *a = *state;
  static const char *const spellings[] = {
    "キャノン クリニック",
    "ｷｬﾉﾝｸﾘﾆｯｸ",
    "きゃのんくりにっく",
    "キヤノン　クリニツク",
  };
  for (size_t i = 0; i < COUNT_OF(spellings); i++)
    ASSERT_TEXT(text_search_key(a, str_of(spellings[i])), "キヤノンクリニツク");
  ASSERT_TEXT(text_search_key(a, STR("ａbＣ医院")), "ABC医院");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    IN_ARENA(hiragana_and_katakana),
    IN_ARENA(small_become_large),
    IN_ARENA(half_and_full_width),
    IN_ARENA(spellings_of_a_name_share_a_key),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
