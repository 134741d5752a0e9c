/* payee_form: the questions about the account that money goes to, in filing and afterwards: bank and branch found by kana, kanji
 * or code, and the name as the bank will see it. The answers stand in a document {payee, asked: {payee_way}}; payee as
 * payee_change() takes it. */
#ifndef WEB_PAYEE_FORM_H
#define WEB_PAYEE_FORM_H

#include "facts_form.h"

enum { PAYEE_FORM_QUESTIONS = 8 };
extern const struct question payee_form__questions[PAYEE_FORM_QUESTIONS];
/* The document with what this request's form says of the account. */
struct json payee_form__read(const struct page *p, const struct json *document);
/* What {{> payee_fields}} shows beside its fields: banks and branches found, their names, the name as the bank will see it. Gives
 * the document that the fields are to be filled from. */
struct json payee_form__show(struct page *p, const struct json *document);
/* "横浜・新横浜", as far as the directory knows them; and the name as the bank will see it, "" where it will not take it. */
str payee_form__bank_words(const struct page *p, const struct json *document);
str payee_form__preview(const struct page *p, const struct json *document);
#define PAYEE_FORM_FIELDS                                                                                     \
  FORM_TEXT("way", 20), FORM_TEXT("bank_words", 100), FORM_TEXT("bank_pick", 10), FORM_TEXT("bank_code", 40),    \
      FORM_TEXT("branch_words", 100), FORM_TEXT("branch_pick", 10), FORM_TEXT("branch_code", 40),               \
      FORM_TEXT("account_type", 20), FORM_TEXT("account_number", 40), FORM_TEXT("yucho_symbol", 40),            \
      FORM_TEXT("yucho_number", 40), FORM_TEXT("holder_name", 300)

#endif
