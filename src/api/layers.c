/* `annotate`: all layers as one JSON object (schema/annotation.schema.json), and propositions as surface triples (TSV). */
#include "api/internal.h"
#include "base/json.h"

static void add_morph(ds_json *json, cJSON *token, const ds_morph *m) {
  ds_feature features[DS_FEATURES];
  size_t count = ds_morph_features(m, features);
  cJSON *feats = ds_json_object(json, token, "feats");
  for (size_t i = 0; i < count; i++) {
    if (ds_str_eqz(DS_STR("Person"), features[i].name))
      ds_json_int(json, feats, "Person", m->person);
    else
      ds_json_strz(json, feats, features[i].name, features[i].value);
  }
}

static void add_token(ds_json *json, cJSON *tokens, const ds_analysis *a, uint32_t index) {
  const ds_token *token = &a->text.tokens[index];
  const ds_word *word = &a->parse.words[index];
  cJSON *out = ds_json_object(json, tokens, NULL);
  ds_json_int(json, out, "start", token->start);
  ds_json_int(json, out, "end", token->end);
  ds_json_str(json, out, "form", token->form);
  ds_json_str(json, out, "lemma", word->lemma);
  ds_json_strz(json, out, "upos", ds_upos_name(word->upos));
  ds_json_strz(json, out, "xpos", ds_xpos_name(word->xpos));
  add_morph(json, out, &word->morph);
  if (word->head == DS_NO_HEAD)
    ds_json_null(json, out, "head");
  else
    ds_json_int(json, out, "head", word->head);
  ds_json_strz(json, out, "deprel", ds_deprel_name(word->deprel));
}

static void add_sentences(ds_json *json, cJSON *root, const ds_analysis *a) {
  static const char *const kinds[] = {"prose", "heading", "list item"};
  cJSON *sentences = ds_json_array(json, root, "sentences");
  for (size_t s = 0; s < a->text.sentence_count; s++) {
    const ds_sentence *sentence = &a->text.sentences[s];
    cJSON *out = ds_json_object(json, sentences, NULL);
    ds_json_int(json, out, "start", sentence->start);
    ds_json_int(json, out, "end", sentence->end);
    ds_json_strz(json, out, "kind", kinds[sentence->kind]);
    ds_json_int(json, out, "paragraph", sentence->paragraph);
    ds_json_int(json, out, "first_token", sentence->first);
    ds_json_int(json, out, "token_count", sentence->count);
  }
}

static void add_tokens_and_names(ds_json *json, cJSON *root, const ds_analysis *a) {
  cJSON *tokens = ds_json_array(json, root, "tokens");
  for (uint32_t i = 0; i < a->text.token_count; i++) add_token(json, tokens, a, i);
  cJSON *names = ds_json_array(json, root, "names");
  for (size_t i = 0; i < a->parse.name_count; i++) {
    const ds_name *name = &a->parse.names[i];
    cJSON *out = ds_json_object(json, names, NULL);
    ds_json_int(json, out, "first_token", name->first);
    ds_json_int(json, out, "token_count", name->count);
    ds_json_strz(json, out, "kind", ds_name_kind_label(name->kind));
    ds_json_decimal(json, out, "score", (double)name->score, 4);
  }
}

static void add_entity_index(ds_json *json, cJSON *parent, const char *key, uint32_t entity) {
  if (entity == DS_NO_ENTITY)
    ds_json_null(json, parent, key);
  else
    ds_json_int(json, parent, key, entity);
}

static void add_mentions(ds_json *json, cJSON *root, const ds_analysis *a) {
  static const char *const forms[] = {"name", "demonym", "description", "pronoun"};
  cJSON *mentions = ds_json_array(json, root, "mentions");
  for (size_t i = 0; i < a->actors.mention_count; i++) {
    const ds_mention *mention = &a->actors.mentions[i];
    cJSON *out = ds_json_object(json, mentions, NULL);
    ds_json_int(json, out, "start", mention->start);
    ds_json_int(json, out, "end", mention->end);
    ds_json_str(json, out, "words", ds_str_sub(a->text.text, mention->start, mention->end));
    ds_json_int(json, out, "head", mention->head);
    ds_json_strz(json, out, "form", forms[mention->form]);
    add_entity_index(json, out, "entity", mention->entity);
    ds_json_optional(json, out, "reason", mention->reason);
  }
}

static void add_entities(ds_json *json, cJSON *root, const ds_ontology *ontology, const ds_analysis *a) {
  cJSON *entities = ds_json_array(json, root, "entities");
  for (size_t i = 0; i < a->actors.entity_count; i++) {
    const ds_entity *entity = &a->actors.entities[i];
    cJSON *out = ds_json_object(json, entities, NULL);
    ds_json_str(json, out, "label", entity->label);
    ds_json_str(json, out, "kind", ontology->kinds[entity->kind].name);
    ds_json_optional(json, out, "known", entity->known);
    cJSON *names = ds_json_array(json, out, "names");
    for (size_t n = 0; n < entity->name_count; n++) ds_json_str(json, names, NULL, entity->names[n]);
    ds_json_int(json, out, "mentions", (int64_t)entity->mention_count);
    add_entity_index(json, out, "owner", entity->owner);
  }
}

static void add_dates(ds_json *json, cJSON *root, const ds_analysis *a) {
  static const char *const kinds[] = {"date", "time", "duration", "set"};
  cJSON *dates = ds_json_array(json, root, "dates");
  for (size_t i = 0; i < a->whens.count; i++) {
    const ds_when *when = &a->whens.items[i];
    cJSON *out = ds_json_object(json, dates, NULL);
    ds_json_int(json, out, "start", when->start);
    ds_json_int(json, out, "end", when->end);
    ds_json_str(json, out, "words", ds_str_sub(a->text.text, when->start, when->end));
    ds_json_strz(json, out, "kind", kinds[when->kind]);
    ds_json_optional(json, out, "value", when->value);
    ds_json_optional(json, out, "edtf", when->edtf);
    ds_json_bool(json, out, "relative", when->relative);
  }
}

static void add_propositions(ds_json *json, cJSON *root, const ds_analysis *a) {
  cJSON *propositions = ds_json_array(json, root, "propositions");
  for (size_t i = 0; i < a->claims.proposition_count; i++) {
    const ds_proposition *p = &a->claims.propositions[i];
    cJSON *out = ds_json_object(json, propositions, NULL);
    ds_json_int(json, out, "sentence", p->sentence);
    ds_json_int(json, out, "predicate", p->predicate);
    ds_json_str(json, out, "lemma", p->lemma);
    ds_json_str(json, out, "relation", p->relation);
    cJSON *arguments = ds_json_array(json, out, "arguments");
    for (size_t n = 0; n < p->argument_count; n++) {
      cJSON *argument = ds_json_object(json, arguments, NULL);
      ds_json_str(json, argument, "role", p->arguments[n].role);
      ds_json_int(json, argument, "head", p->arguments[n].head);
    }
    ds_json_strz(json, out, "polarity", ds_polarity_name(p->polarity));
    ds_json_strz(json, out, "certainty", ds_certainty_name(p->certainty));
    add_entity_index(json, out, "speaker", p->speaker);
  }
}

static void add_claims(ds_json *json, cJSON *root, const ds_ontology *ontology, const ds_analysis *a) {
  cJSON *claims = ds_json_array(json, root, "claims");
  for (size_t i = 0; i < a->claims.claim_count; i++) {
    const ds_claim *claim = &a->claims.claims[i];
    cJSON *out = ds_json_object(json, claims, NULL);
    ds_json_int(json, out, "subject", claim->subject);
    ds_json_str(json, out, "relation", ontology->relations[claim->relation].name);
    ds_json_int(json, out, "object", claim->object);
    ds_json_int(json, out, "subject_mention", claim->subject_mention);
    ds_json_int(json, out, "object_mention", claim->object_mention);
    ds_json_strz(json, out, "polarity", ds_polarity_name(claim->polarity));
    ds_json_strz(json, out, "certainty", ds_certainty_name(claim->certainty));
    add_entity_index(json, out, "attribution", claim->speaker);
    ds_json_optional(json, out, "role", claim->role);
    ds_json_optional(json, out, "date", claim->date);
    ds_json_strz(json, out, "date_basis", ds_date_basis_name(claim->date_basis));
    ds_json_int(json, out, "start", claim->start);
    ds_json_int(json, out, "end", claim->end);
    ds_json_str(json, out, "quote", ds_str_sub(a->text.text, claim->start, claim->end));
    ds_json_decimal(json, out, "confidence", (double)claim->confidence, 4);
    ds_json_str(json, out, "rule", claim->rule);
    ds_json_int(json, out, "proposition", claim->proposition);
  }
}

dossier_status ds_layers_write_json(const ds_ontology *ontology, const ds_analysis *a, ds_buf *out,
                                    dossier_error *err) {
  ds_json json = {0};
  cJSON *root = cJSON_CreateObject();
  ds_json_strz(&json, root, "format", "dossier-annotation");
  ds_json_int(&json, root, "version", 1);
  ds_json_optional(&json, root, "path", a->article.path);
  ds_json_optional(&json, root, "title", a->article.title);
  ds_json_optional(&json, root, "publisher", a->article.publisher);
  ds_json_optional(&json, root, "published", a->article.published);
  ds_json_strz(&json, root, "sha256", a->article.sha256);
  ds_json_str(&json, root, "text", a->article.text);
  add_sentences(&json, root, a);
  add_tokens_and_names(&json, root, a);
  add_mentions(&json, root, a);
  add_entities(&json, root, ontology, a);
  add_dates(&json, root, a);
  add_propositions(&json, root, a);
  add_claims(&json, root, ontology, a);
  ds_json_print(&json, root, out);
  ds_buf_byte(out, '\n');
  return json.failed || out->failed ? ds_fail_memory(err) : DOSSIER_OK;
}

/* The words of a subtree as they stand, from its first to its last token, without the clauses that hang on it. */
static void subtree(const ds_analysis *a, const ds_proposition *p, uint32_t head, uint32_t *first, uint32_t *last) {
  const ds_sentence *sentence = &a->text.sentences[p->sentence];
  const ds_word *words = a->parse.words;
  *first = *last = head;
  for (uint32_t i = sentence->first; i < sentence->first + sentence->count; i++) {
    uint32_t at = i, steps = 0;
    bool inside = true;
    while (at != head && at != DS_NO_HEAD && steps++ < sentence->count) {
      ds_deprel rel = ds_deprel_base(words[at].deprel);
      bool direct = words[at].head == head;
      bool leaves = rel == DS_DEPREL_ACL || rel == DS_DEPREL_PARATAXIS || rel == DS_DEPREL_PUNCT ||
                    rel == DS_DEPREL_CONJ || rel == DS_DEPREL_CC || rel == DS_DEPREL_APPOS ||
                    (direct && (rel == DS_DEPREL_CASE || rel == DS_DEPREL_MARK));
      inside = inside && !leaves;
      at = words[at].head;
    }
    if (at == head && inside) {
      *first = i < *first ? i : *first;
      *last = i > *last ? i : *last;
    }
  }
}

static void append_field(ds_buf *out, ds_str s) {
  for (size_t i = 0; i < s.len; i++) ds_buf_byte(out, s.ptr[i] == '\t' || s.ptr[i] == '\n' ? ' ' : s.ptr[i]);
}

static void append_argument(const ds_analysis *a, const ds_proposition *p, const ds_argument *argument, ds_buf *out) {
  uint32_t first, last;
  subtree(a, p, argument->head, &first, &last);
  append_field(out, ds_str_sub(a->text.text, a->text.tokens[first].start, a->text.tokens[last].end));
}

static void write_triple(const ds_analysis *a, const ds_proposition *p, const ds_argument *subject,
                         const ds_argument *object, ds_buf *out) {
  ds_buf_printf(out, "%u\t", p->sentence + 1);
  append_argument(a, p, subject, out);
  ds_buf_byte(out, '\t');
  append_field(out, p->relation);
  if (!ds_str_eqz(object->role, "object") && !ds_str_eqz(object->role, "indirect") &&
      !ds_str_eqz(object->role, "clause")) {
    ds_buf_byte(out, ' ');
    append_field(out, object->role);
  }
  ds_buf_byte(out, '\t');
  append_argument(a, p, object, out);
  ds_buf_printf(out, "\t%s\t%s\t", ds_polarity_name(p->polarity), ds_certainty_name(p->certainty));
  if (p->speaker != DS_NO_ENTITY) append_field(out, a->actors.entities[p->speaker].label);
  ds_buf_byte(out, '\n');
}

void ds_triples_write(const ds_analysis *a, ds_buf *out) {
  for (size_t i = 0; i < a->claims.proposition_count; i++) {
    const ds_proposition *p = &a->claims.propositions[i];
    for (size_t s = 0; s < p->argument_count; s++) {
      if (!ds_str_eqz(p->arguments[s].role, "subject")) continue;
      for (size_t o = 0; o < p->argument_count; o++)
        if (o != s && !ds_str_eqz(p->arguments[o].role, "subject"))
          write_triple(a, p, &p->arguments[s], &p->arguments[o], out);
    }
  }
}
