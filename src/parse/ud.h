/* parse/ud.h - the labels of Universal Dependencies v2 and the Penn tags, as numbers that code can test
 *
 * Source: universaldependencies.org/guidelines.html, and the English Penn Treebank tags as UD_English-EWT uses them. The model's label
 * lists are mapped onto these at load; a label that is not listed here is an error of the model file.
 */
#ifndef DS_PARSE_UD_H
#define DS_PARSE_UD_H

#include "base/str.h"

#define DS_UPOS_LIST(X)                                                                                         \
  X(ADJ)                                                                                                        \
  X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN) X(PUNCT) X(SCONJ) X(SYM) \
      X(VERB) X(X)

typedef enum ds_upos {
#define X(tag) DS_UPOS_##tag,
  DS_UPOS_LIST(X)
#undef X
      DS_UPOS_COUNT
} ds_upos;

/* Relation, then its name in CoNLL-U. */
#define DS_DEPREL_LIST(X)                                                                                             \
  X(ACL, "acl")                                                                                                       \
  X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod")       \
      X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") \
          X(CCOMP, "ccomp") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop")     \
              X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET, "det") \
                  X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl")   \
                      X(FIXED, "fixed") X(FLAT, "flat") X(FLAT_FOREIGN, "flat:foreign") X(GOESWITH, "goeswith")       \
                          X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc")   \
                              X(NMOD_NPMOD, "nmod:npmod") X(NMOD_POSS, "nmod:poss") X(NMOD_TMOD, "nmod:tmod")         \
                                  X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer")   \
                                      X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl")     \
                                          X(OBL_AGENT, "obl:agent") X(OBL_NPMOD, "obl:npmod") X(OBL_TMOD, "obl:tmod") \
                                              X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")                     \
                                                  X(PARATAXIS, "parataxis") X(PUNCT, "punct")                         \
                                                      X(REPARANDUM, "reparandum") X(ROOT, "root")                     \
                                                          X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

typedef enum ds_deprel {
#define X(id, name) DS_DEPREL_##id,
  DS_DEPREL_LIST(X)
#undef X
      DS_DEPREL_COUNT
} ds_deprel;

/* Penn tags, with those of EWT (HYPH, NFP, ADD, AFX, GW, XX). Names that C cannot hold are spelled out. */
#define DS_XPOS_LIST(X)                                                                                              \
  X(CC, "CC")                                                                                                        \
  X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS")    \
      X(MD, "MD") X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS") X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP")  \
          X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR") X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH")  \
              X(VB, "VB") X(VBD, "VBD") X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT")        \
                  X(WP, "WP") X(WPS, "WP$") X(WRB, "WRB") X(COMMA, ",") X(PERIOD, ".") X(COLON, ":") X(LQUOTE, "``") \
                      X(RQUOTE, "''") X(LRB, "-LRB-") X(RRB, "-RRB-") X(HYPH, "HYPH") X(NFP, "NFP") X(ADD, "ADD")    \
                          X(AFX, "AFX") X(GW, "GW") X(XX, "XX") X(DOLLAR, "$") X(HASH, "#")

typedef enum ds_xpos {
#define X(id, name) DS_XPOS_##id,
  DS_XPOS_LIST(X)
#undef X
      DS_XPOS_COUNT
} ds_xpos;

/* Morphological features that later stages use. NONE (0) where a feature does not apply. */
typedef enum ds_number { DS_NUMBER_NONE, DS_NUMBER_SING, DS_NUMBER_PLUR } ds_number;
typedef enum ds_tense { DS_TENSE_NONE, DS_TENSE_PAST, DS_TENSE_PRES } ds_tense;
typedef enum ds_verbform {
  DS_VERBFORM_NONE,
  DS_VERBFORM_FIN,
  DS_VERBFORM_INF,
  DS_VERBFORM_PART,
  DS_VERBFORM_GER
} ds_verbform;
typedef enum ds_voice { DS_VOICE_NONE, DS_VOICE_ACT, DS_VOICE_PASS } ds_voice;
typedef enum ds_mood { DS_MOOD_NONE, DS_MOOD_IND, DS_MOOD_IMP, DS_MOOD_SUB } ds_mood;

typedef struct ds_morph {
  uint8_t number, tense, verbform, voice, mood;
  uint8_t person;  /* 1, 2, 3; 0 for none */
  bool negative;   /* Polarity=Neg */
  bool possessive; /* Poss=Yes */
} ds_morph;

const char *ds_upos_name(ds_upos upos);
const char *ds_deprel_name(ds_deprel deprel);
const char *ds_xpos_name(ds_xpos xpos);
bool ds_upos_from(ds_str name, ds_upos *out);
bool ds_deprel_from(ds_str name, ds_deprel *out);
bool ds_xpos_from(ds_str name, ds_xpos *out);
/* The relation without its subtype: nsubj for nsubj:pass. */
ds_deprel ds_deprel_base(ds_deprel deprel);

#endif
