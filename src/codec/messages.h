/* The catalogue of codec: one row per text, named by what was met. Arguments {0} … are told beside each name. */
#ifndef CODEC_MESSAGES_H
#define CODEC_MESSAGES_H

#include "shienkin/base.h"

enum codec_message {
  /* unreadable JSON (code `malformed`): {0} line, {1} column, {2} what stands there */
  MALFORMED_EMPTY,
  MALFORMED_LARGE,    /* {0} the bound, {1} the size, both in bytes */
  MALFORMED_DEEP,     /* {2} the bound */
  MALFORMED_MARK,     /* a byte-order mark */
  MALFORMED_ENCODING, /* {2} the encoding's name */
  MALFORMED_UTF8,
  MALFORMED_END,
  MALFORMED_BEHIND,
  MALFORMED_TWICE, /* {2} the name */
  MALFORMED_CONTROL,
  MALFORMED_ESCAPE,
  MALFORMED_SURROGATE,
  MALFORMED_NUMBER,
  MALFORMED_NAN,
  MALFORMED_QUOTE,
  MALFORMED_SYNTAX,
  /* what RFC 8785 with integers alone may not hold (code `canonical`) */
  CANONICAL_FRACTION, /* {0} the number */
  CANONICAL_RANGE,    /* {0} the number */
  CANONICAL_TWICE,    /* {0} the name */
  /* against a spec (P29) */
  SPEC_FAULT_TYPE,      /* {0} {1} what is due, {2} {3} what is there: Japanese, English */
  SPEC_FAULT_REQUIRED,  /* {0} the name */
  SPEC_FAULT_UNKNOWN,   /* {0} the name, {1} the known names */
  SPEC_FAULT_ENUM,      /* {0} the words */
  SPEC_FAULT_PATTERN,   /* {0} the expression */
  SPEC_FAULT_MINIMUM,   /* {0} the bound */
  SPEC_FAULT_MAXIMUM,   /* {0} the bound */
  SPEC_FAULT_LENGTH,    /* {0} the bound, {1} the length, in code points */
  SPEC_FAULT_ITEMS,     /* {0} the bound, {1} the count */
  SPEC_FAULT_DUPLICATE, /* {0} the index of the first */
  SPEC_FAULT_DATE,      /* {0} what is written */
  /* XML (code `xml`): {0} line, {1} column where it is known, {2} detail */
  XML_FAULT_LARGE, /* {0} the bound, {1} the size, both in bytes */
  XML_FAULT_DOCTYPE,
  XML_FAULT_DEEP,        /* {2} the bound */
  XML_FAULT_NODES,       /* {2} the bound */
  XML_FAULT_ENCODING,    /* {2} the encoding's name */
  XML_FAULT_FORM,        /* {2} the parser's words */
  XML_FAULT_SCHEMA,      /* {2} the validator's words */
  XML_FAULT_SCHEMA_FILE, /* {2} the validator's words */
  /* templates (codes `template_…`): {0} the name */
  TEMPLATE_FAULT_UNCLOSED_TAG,
  TEMPLATE_FAULT_UNCLOSED_SECTION,
  TEMPLATE_FAULT_UNOPENED,
  TEMPLATE_FAULT_NAME,
  TEMPLATE_FAULT_RAW,
  TEMPLATE_FAULT_DELIMITERS,
  TEMPLATE_FAULT_DEPTH, /* {0} the bound */
  TEMPLATE_FAULT_NO_PARTIAL,
  TEMPLATE_FAULT_TWICE,
  CODEC_MESSAGE_COUNT
};

extern const struct message codec__messages[CODEC_MESSAGE_COUNT];

#endif
