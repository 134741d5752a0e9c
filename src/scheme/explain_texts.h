/* explain_texts: the words of explanations in both languages, by the code they stand for. A code that the catalogue does
 * not know (a newer rule file may have one) is shown as it is. */
#ifndef SCHEME_EXPLAIN_TEXTS_H
#define SCHEME_EXPLAIN_TEXTS_H

#include "shienkin/scheme.h"

enum text_family { TEXT_ITEM, TEXT_OUTCOME, TEXT_REASON, TEXT_FACT, TEXT_DAY, TEXT_PHRASE, TEXT_FAMILY_COUNT };
str scheme__text(enum text_family family, str code, bool japanese);

#endif
