/* XML 1.0 with namespaces into a tree; no DOCTYPE; bounds; text out. */
#include "fixture.h"

static const struct xml_node *read_limited(struct fixture *x, str bytes, struct xml_limits limits) {
  const struct xml_node *root = NULL;
  x->findings = findings_in(x->arena);
  result r = xml_read(x->arena, bytes, limits, &x->findings, &root);
  if (r != RESULT_OK && r != RESULT_REFUSED) fail_msg("%s", result_name(r));
  if (r == RESULT_REFUSED) assert_findings(x, " xml");
  return r == RESULT_OK ? root : NULL;
}

static const struct xml_node *read_bytes(struct fixture *x, str bytes) {
  return read_limited(x, bytes, (struct xml_limits){ 0 });
}

static void reads_elements_attributes_text(void **state) {
  struct fixture *x = *state;
  const struct xml_node *root = read_bytes(
      x,
      STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><?pi x?>\n<r xmlns=\"urn:d\" xmlns:p=\"urn:p\" b='2' a=\"1\" p:a=\"\xE5\x8C\xBB\">\n"
          "  one &lt;&amp;&#x533B;<!-- gone --><p:e>x</p:e>two<![CDATA[<raw>&]]>\n  <e  k=\"a&#10;b\tc &quot;&apos;\"/>\n</r>\n"));
  assert_non_null(root);
  assert_str(root->name, "r");
  assert_str(root->namespace_uri, "urn:d");
  assert_int_equal(root->line, 3);
  assert_null(root->parent);
  assert_null(root->next);
  assert_int_equal(root->attribute_count, 3);
  assert_str(root->attributes[0].name, "b");
  assert_str(root->attributes[1].name, "a");
  assert_str(xml_attr(root, "a"), "1");
  assert_str(xml_attr_ns(root, "urn:p", "a"), "\xE5\x8C\xBB");
  assert_null(xml_attr(root, "c").p);
  assert_null(xml_attr_ns(root, "urn:d", "a").p); /* the default namespace is not that of attributes */
  assert_str(root->text, "\n  one <&\xE5\x8C\xBBtwo<raw>&\n  \n");
  const struct xml_node *first = root->first_child, *second = first->next;
  assert_str(first->namespace_uri, "urn:p");
  assert_str(first->text, "x");
  assert_ptr_equal(first->parent, root);
  assert_int_equal(first->line, 4);
  assert_int_equal(second->line, 5);
  assert_str(second->namespace_uri, "urn:d");
  assert_str(xml_attr(second, "k"), "a\nb c \"'"); /* §3.3.3: the raw tab becomes a space, the reference stays */
  assert_str(second->text, "");
  assert_null(second->first_child);
  assert_null(second->next);
}

static void finds_children_by_name(void **state) {
  struct fixture *x = *state;
  const struct xml_node *root = read_bytes(x, STR("<r><a i='0'/><b/><a i='1'><a i='x'/></a><c/><a i='2'/></r>"));
  const struct xml_node *a = xml_child(root, "a");
  for (int i = 0; i < 3; i++, a = xml_next_named(a, "a")) assert_int_equal(xml_attr(a, "i").p[0], '0' + i);
  assert_null(a);
  assert_null(xml_next_named(NULL, "a"));
  assert_null(xml_child(root, "d"));
  assert_null(xml_child(NULL, "a"));
  assert_null(xml_attr(NULL, "a").p);
}

/* An empty attribute is there; an absent one is not. */
static void tells_empty_from_absent(void **state) {
  const struct xml_node *root = read_bytes(*state, STR("<r a=''/>"));
  assert_non_null(xml_attr(root, "a").p);
  assert_int_equal(xml_attr(root, "a").n, 0);
  assert_null(xml_attr(root, "b").p);
}

/* The tree is a copy. */
static void copies_what_it_keeps(void **state) {
  struct fixture *x = *state;
  char bytes[] = "<root key='value'>some text</root>";
  const struct xml_node *root = read_bytes(x, STR(bytes));
  memset(bytes, '#', sizeof bytes);
  assert_str(root->name, "root");
  assert_str(xml_attr(root, "key"), "value");
  assert_str(root->text, "some text");
}

static void assert_refused(struct fixture *x, str bytes, uint32_t line, const char *says) {
  if (read_bytes(x, bytes)) fail_msg("read: %.*s", STR_ARG(bytes));
  const struct finding *one = &x->findings.items[0];
  if (one->line != line) fail_msg("%.*s: line %u, not %u: %.*s", STR_ARG(bytes), one->line, line, STR_ARG(one->en));
  if (str_find(one->en, str_of(says)) < 0) fail_msg("'%.*s' lacks '%s'", STR_ARG(one->en), says);
}

/* Any DOCTYPE, before anything in it is read: entity bombs, external entities, even an innocent one. */
static void refuses_any_doctype(void **state) {
  struct fixture *x = *state;
  assert_refused(x, STR("<!DOCTYPE r><r/>"), 1, "DOCTYPE");
  assert_refused(x, STR("<?xml version='1.0'?>\n<!-- -->\n<!DOCTYPE r SYSTEM \"file:///etc/passwd\">\n<r/>"), 3,
                 "DOCTYPE");
  assert_refused(x, STR("<!DOCTYPE r PUBLIC \"-//X\" \"http://example.invalid/x.dtd\"><r/>"), 1, "DOCTYPE");
  assert_refused(x, STR("<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><r>&e;</r>"), 1, "DOCTYPE");
  assert_refused(
      x,
      STR("<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
          "]><r>&c;&c;&c;&c;&c;&c;</r>"),
      1, "DOCTYPE");
  assert_refused(x, STR("<!DOCTYPE"), 1, "");
}

static void refuses_what_is_not_well_formed(void **state) {
  static const struct {
    const char *text;
    uint32_t line;
    const char *says;
  } rows[] = {
    { "", 1, "" },
    { "<", 1, "" },
    { "text", 1, "'<'" },
    { "<r>", 1, "r" },
    { "<r>\n<a></b>\n</r>", 2, "a" },
    { "<r a='1' a='2'/>", 1, "a" },
    { "<r a=1/>", 1, "quote" },
    { "<r>&nbsp;</r>", 1, "nbsp" },
    { "<r>\n\n&#0;</r>", 3, "" },
    { "<r/><s/>", 1, "" },
    { "<r>\x01</r>", 1, "" },
    { "<p:r/>", 1, "p" }, /* a prefix that nothing declares */
    { "<r xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'/>", 1, "x" },
    { "<r>]]></r>", 1, "]]>" },
    { "<r><!-- -- --></r>", 1, "" },
  };
  struct fixture *x = *state;
  for (size_t i = 0; i < COUNT_OF(rows); i++) assert_refused(x, str_of(rows[i].text), rows[i].line, rows[i].says);
}

static str repeated(struct fixture *x, const char *open, const char *close, unsigned count) {
  struct buf text = buf_in(x->arena);
  for (unsigned i = 0; i < count; i++) buf_add(&text, str_of(open));
  for (unsigned i = 0; i < count; i++) buf_add(&text, str_of(close));
  return buf_str(&text);
}

static void keeps_its_bounds(void **state) {
  struct fixture *x = *state;
  assert_non_null(read_bytes(x, repeated(x, "<a>", "</a>", 256)));
  assert_refused(x, repeated(x, "<a>", "</a>", 257), 1, "deeper than 256");
  assert_refused(x, repeated(x, "<a>", "", 100000), 1, "deeper than 256");
  assert_non_null(read_limited(x, STR("<a><b/><b/></a>"), (struct xml_limits){ .depth = 2 }));
  assert_null(read_limited(x, STR("<a><b><c/></b></a>"), (struct xml_limits){ .depth = 2 }));
  assert_non_null(read_limited(x, STR("<a><b c='1'/><b/></a>"), (struct xml_limits){ .nodes = 4 }));
  assert_null(read_limited(x, STR("<a><b c='1' d='2'/><b/></a>"), (struct xml_limits){ .nodes = 4 }));
  assert_true(str_find(x->findings.items[0].en, STR("more than 4")) >= 0);
  assert_non_null(read_limited(x, STR("<a/>"), (struct xml_limits){ .bytes = 4 }));
  assert_null(read_limited(x, STR("<aa/>"), (struct xml_limits){ .bytes = 4 }));
  assert_true(str_find(x->findings.items[0].en, STR("5 bytes; at most 4")) >= 0);
}

/* Where the arena's memory ends while libxml2 is reading, the parser is put away first: the leak sanitizer looks. */
struct reading {
  struct arena *arena;
  str bytes;
};

static void read_all(void *context) {
  const struct reading *r = context;
  struct findings f = findings_in(r->arena);
  const struct xml_node *root = NULL;
  fail_msg("read within the limit: %s",
           result_name(xml_read(r->arena, r->bytes, (struct xml_limits){ 0 }, &f, &root)));
}

static void leaves_when_memory_ends(void **state) {
  struct fixture *x = *state;
  struct buf text = buf_in(x->arena);
  buf_add(&text, STR("<r>"));
  for (int i = 0; i < 2000; i++) buf_add(&text, STR("<e k='some value'>some text<!-- and --> more</e>"));
  buf_add(&text, STR("</r>"));
  struct reading r = { arena_new((size_t)256 << 10), buf_str(&text) };
  assert_non_null(r.arena);
  assert_int_equal(arena_run(r.arena, read_all, &r), RESULT_LIMIT);
  arena_free(r.arena);
}

/* libxml2 keeps lines in 16 bits; ours go on. */
static void counts_lines_beyond_65535(void **state) {
  struct fixture *x = *state;
  struct buf text = buf_in(x->arena);
  buf_add(&text, STR("<r>"));
  for (int i = 0; i < 70000; i++) buf_byte(&text, '\n');
  buf_add(&text, STR("<a/></r>"));
  assert_int_equal(read_bytes(x, buf_str(&text))->first_child->line, 70001);
}

/* 医院 in encodings that the document names; and in one that it does not. */
static void reads_other_encodings_by_declaration(void **state) {
  struct fixture *x = *state;
  assert_str(read_bytes(x, STR("<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><r>\x88\xE3\x89\x40</r>"))->text,
             "\xE5\x8C\xBB\xE9\x99\xA2");
  assert_str(read_bytes(x, STR("<?xml version=\"1.0\" encoding=\"EUC-JP\"?><r>\xB0\xE5\xB1\xA1</r>"))->text,
             "\xE5\x8C\xBB\xE9\x99\xA2");
  assert_str(read_bytes(x, STR("\xFF\xFE<\0r\0>\0\x3B\x53<\0/\0r\0>\0"))->text, "\xE5\x8C\xBB");
  assert_str(read_bytes(x, STR("\xEF\xBB\xBF<r>a</r>"))->text, "a");
  assert_refused(x, STR("<r>\x88\xE3\x89\x40</r>"), 1, "Shift_JIS");
  assert_refused(x, STR("<r>\xFF</r>"), 1, "");
  assert_refused(x, STR("<?xml version=\"1.0\" encoding=\"no-such\"?><r/>"), 1, "");
}

/* What was escaped reads back as it was, as text and as an attribute. */
static void escapes_so_that_it_reads_back(void **state) {
  struct fixture *x = *state;
  str text = STR("<a href=\"x\">&amp; ]]> 'q' \t\r\n \xE5\x8C\xBB</a>");
  str escaped = xml_escape(x->arena, text);
  assert_str(escaped, "&lt;a href=&quot;x&quot;&gt;&amp;amp; ]]&gt; &#39;q&#39; &#9;&#13;&#10; \xE5\x8C\xBB&lt;/a&gt;");
  str document =
      str_format(x->arena, "<r a=\"%.*s\" b='%.*s'>%.*s</r>", STR_ARG(escaped), STR_ARG(escaped), STR_ARG(escaped));
  const struct xml_node *root = read_bytes(x, document);
  assert_true(str_eq(root->text, text));
  assert_true(str_eq(xml_attr(root, "a"), text));
  assert_true(str_eq(xml_attr(root, "b"), text));
  assert_int_equal(xml_escape(x->arena, STR("")).n, 0);
}

/* ---- XML Schema */

static const char schema[] =
    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"urn:t\" elementFormDefault=\"qualified\">"
    "<xs:element name=\"r\"><xs:complexType><xs:sequence>"
    "<xs:element name=\"n\" type=\"xs:integer\" maxOccurs=\"2\"/></xs:sequence>"
    "<xs:attribute name=\"k\" use=\"required\"/></xs:complexType></xs:element></xs:schema>";

static const char *schema_file(struct fixture *x, const char *text, const char *name) {
  const char *path = str_z(x->arena, str_format(x->arena, "%s/%s", BINARY_DIR, name));
  assert_int_equal(file_replace(path, str_of(text), 0600), RESULT_OK);
  return path;
}

static void validates_against_a_schema(void **state) {
  struct fixture *x = *state;
  const char *path = schema_file(x, schema, "test-xml.xsd");
  assert_int_equal(xml_validate(x->arena, STR("<r xmlns='urn:t' k='1'><n>1</n><n>2</n></r>"), path, &x->findings),
                   RESULT_OK);
  assert_int_equal(x->findings.count, 0);
  assert_int_equal(xml_validate(x->arena, STR("<r xmlns='urn:t'>\n<n>1</n>\n<n>x</n></r>"), path, &x->findings),
                   RESULT_REFUSED);
  bool attribute = false, integer = false;
  for (size_t i = 0; i < x->findings.count; i++) {
    const struct finding *one = &x->findings.items[i];
    assert_string_equal(one->code, "xml");
    attribute |= one->line == 1 && str_find(one->en, STR("'k'")) >= 0;
    integer |= one->line == 3 && str_find(one->en, STR("integer")) >= 0;
  }
  assert_true(attribute && integer);
  x->findings = findings_in(x->arena);
  assert_int_equal(xml_validate(x->arena, STR("<!DOCTYPE r><r/>"), path, &x->findings), RESULT_REFUSED);
  assert_findings(x, " xml");
  assert_int_equal(file_replace(path, STR("<x/>"), 0600), RESULT_OK);
  assert_int_equal(xml_validate(x->arena, STR("<r/>"), path, &x->findings), RESULT_REFUSED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST_WITH_FIXTURE(reads_elements_attributes_text),
    TEST_WITH_FIXTURE(finds_children_by_name),
    TEST_WITH_FIXTURE(tells_empty_from_absent),
    TEST_WITH_FIXTURE(copies_what_it_keeps),
    TEST_WITH_FIXTURE(refuses_any_doctype),
    TEST_WITH_FIXTURE(refuses_what_is_not_well_formed),
    TEST_WITH_FIXTURE(keeps_its_bounds),
    TEST_WITH_FIXTURE(leaves_when_memory_ends),
    TEST_WITH_FIXTURE(counts_lines_beyond_65535),
    TEST_WITH_FIXTURE(reads_other_encodings_by_declaration),
    TEST_WITH_FIXTURE(escapes_so_that_it_reads_back),
    TEST_WITH_FIXTURE(validates_against_a_schema),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
