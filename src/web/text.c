/* text: the areas of the catalogue, and looking a text up. */
#include "text.h"

extern const struct page_area text_common, text_field, text_notice, text_sign_in, text_problem, text_home, text_state,
    text_mine, text_step, text_paper, text_account, text_estimate, text_filing, text_verdict, text_fact, text_queue, text_case, text_do, text_approve,
    text_step_up, text_kept, text_desk, text_audit, text_figures, text_prefecture, text_rules_pages, text_people, text_facilities, text_letters, text_roster, text_certificate, text_scan;

const struct page_area *const web__areas[] = { &text_common, &text_field,   &text_notice, &text_sign_in,
                                               &text_problem, &text_home, &text_state,
                                               &text_mine, &text_step, &text_paper, &text_account, &text_estimate, &text_filing, &text_verdict,
                                               &text_fact,    &text_queue, &text_case,  &text_do,
                                               &text_approve, &text_step_up, &text_kept,
                                               &text_desk, &text_audit, &text_figures, &text_prefecture, &text_rules_pages, &text_people, &text_facilities, &text_letters, &text_roster, &text_certificate, &text_scan };
const size_t web__area_count = COUNT_OF(web__areas);

const struct page_text *web__text_find(str name) {
  str rest, area = str_cut(name, '.', &rest);
  for (size_t i = 0; i < web__area_count; i++) {
    if (!str_eq(area, str_of(web__areas[i]->name))) continue;
    for (size_t j = 0; j < web__areas[i]->count; j++)
      if (str_eq(rest, str_of(web__areas[i]->texts[j].name))) return &web__areas[i]->texts[j];
  }
  return NULL;
}

struct json web__texts(struct arena *a, bool english) {
  struct json_member *areas = ARENA_ARRAY(a, struct json_member, web__area_count);
  for (size_t i = 0; i < web__area_count; i++) {
    const struct page_area *area = web__areas[i];
    struct json_member *texts = ARENA_ARRAY(a, struct json_member, area->count);
    for (size_t j = 0; j < area->count; j++) {
      str text = str_of(english ? area->texts[j].en : area->texts[j].ja);
      texts[j] = (struct json_member){ str_of(area->texts[j].name), json_of_str(text) };
    }
    areas[i] = (struct json_member){ str_of(area->name), json_of_object(texts, area->count) };
  }
  return json_of_object(areas, web__area_count);
}
