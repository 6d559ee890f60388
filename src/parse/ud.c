#include "parse/ud.h"

static const char *const upos_names[] = {
#define X(tag) #tag,
    DS_UPOS_LIST(X)
#undef X
};

static const char *const deprel_names[] = {
#define X(id, name) name,
    DS_DEPREL_LIST(X)
#undef X
};

static const char *const xpos_names[] = {
#define X(id, name) name,
    DS_XPOS_LIST(X)
#undef X
};

static bool find(const char *const *names, size_t count, ds_str name, size_t *out) {
  for (size_t i = 0; i < count; i++) {
    if (ds_str_eqz(name, names[i])) {
      *out = i;
      return true;
    }
  }
  return false;
}

const char *ds_upos_name(ds_upos upos) {
  return (unsigned)upos < DS_UPOS_COUNT ? upos_names[upos] : "_";
}
const char *ds_deprel_name(ds_deprel deprel) {
  return (unsigned)deprel < DS_DEPREL_COUNT ? deprel_names[deprel] : "_";
}
const char *ds_xpos_name(ds_xpos xpos) {
  return (unsigned)xpos < DS_XPOS_COUNT ? xpos_names[xpos] : "_";
}

bool ds_upos_from(ds_str name, ds_upos *out) {
  size_t i;
  if (!find(upos_names, DS_UPOS_COUNT, name, &i)) return false;
  *out = (ds_upos)i;
  return true;
}

bool ds_deprel_from(ds_str name, ds_deprel *out) {
  size_t i;
  if (!find(deprel_names, DS_DEPREL_COUNT, name, &i)) return false;
  *out = (ds_deprel)i;
  return true;
}

bool ds_xpos_from(ds_str name, ds_xpos *out) {
  size_t i;
  if (!find(xpos_names, DS_XPOS_COUNT, name, &i)) return false;
  *out = (ds_xpos)i;
  return true;
}

ds_deprel ds_deprel_base(ds_deprel deprel) {
  ds_str name = ds_str_from(ds_deprel_name(deprel)), base;
  ds_deprel found;
  if (!ds_str_split(&name, ':', &base) || !ds_deprel_from(base, &found)) return deprel;
  return found;
}
