/* store/schema.h - the tables of a store; only store.c and its parts include it
 *
 * Numbers of entities are those of the article's record (from 0), so that a record read back is the record that was written.
 * `evidence` is contentless: its rowid is the claim's, and the words stand in the article's text alone.
 */
#ifndef DS_STORE_SCHEMA_H
#define DS_STORE_SCHEMA_H

/* "doss" in ASCII: tells a store from any other SQLite file (PRAGMA application_id). */
#define DS_STORE_APPLICATION_ID 0x646f7373

static const char *const ds_store_schema =
    "CREATE TABLE articles(id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, path TEXT NOT NULL, title TEXT NOT NULL,"
    " publisher TEXT NOT NULL, published TEXT NOT NULL, url TEXT NOT NULL, text TEXT NOT NULL,"
    " UNIQUE(sha256, publisher, published, url, title));"
    "CREATE TABLE authors(article INTEGER NOT NULL REFERENCES articles, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY(article, number)) WITHOUT ROWID;"
    "CREATE TABLE entities(article INTEGER NOT NULL REFERENCES articles, number INTEGER NOT NULL, kind TEXT NOT NULL,"
    " label TEXT NOT NULL, known TEXT NOT NULL, mentions INTEGER NOT NULL, owner INTEGER, PRIMARY KEY(article, number))"
    " WITHOUT ROWID;"
    "CREATE TABLE names(article INTEGER NOT NULL, entity INTEGER NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL,"
    " PRIMARY KEY(article, entity, number), FOREIGN KEY(article, entity) REFERENCES entities(article, number)) WITHOUT "
    "ROWID;"
    "CREATE TABLE claims(id INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, number INTEGER NOT NULL,"
    " subject INTEGER NOT NULL, relation TEXT NOT NULL, object INTEGER NOT NULL, speaker INTEGER, polarity TEXT NOT "
    "NULL,"
    " certainty TEXT NOT NULL, role TEXT NOT NULL, date TEXT NOT NULL, date_basis TEXT, start INTEGER NOT NULL,"
    " end INTEGER NOT NULL, confidence REAL NOT NULL, rule TEXT NOT NULL, subject_words TEXT NOT NULL,"
    " object_words TEXT NOT NULL, UNIQUE(article, number));"
    "CREATE VIRTUAL TABLE evidence USING fts5(quote, content='', tokenize='unicode61 remove_diacritics 2');";

/* The statements that are used again and again; prepared when first needed. */
typedef enum ds_store_statement {
  DS_SQL_HAS,
  DS_SQL_MOVE,
  DS_SQL_ADD_ARTICLE,
  DS_SQL_ADD_AUTHOR,
  DS_SQL_ADD_ENTITY,
  DS_SQL_ADD_NAME,
  DS_SQL_ADD_CLAIM,
  DS_SQL_ADD_EVIDENCE,
  DS_SQL_COUNT,
  DS_SQL_ARTICLES,
  DS_SQL_AUTHORS,
  DS_SQL_ENTITIES,
  DS_SQL_NAMES,
  DS_SQL_CLAIMS,
  DS_SQL_SEARCH,
  DS_SQL_INTEGRITY,
  DS_SQL_STATEMENTS
} ds_store_statement;

static const char *const ds_store_sql[DS_SQL_STATEMENTS] = {
    [DS_SQL_HAS] =
        "SELECT id, path FROM articles WHERE sha256 = ?1 AND publisher = ?2 AND published = ?3 AND url = ?4"
        " AND title = ?5",
    [DS_SQL_MOVE] = "UPDATE articles SET path = ?1 WHERE id = ?2",
    [DS_SQL_ADD_ARTICLE] =
        "INSERT INTO articles(sha256, path, title, publisher, published, url, text) VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [DS_SQL_ADD_AUTHOR] = "INSERT INTO authors VALUES(?1,?2,?3)",
    [DS_SQL_ADD_ENTITY] = "INSERT INTO entities VALUES(?1,?2,?3,?4,?5,?6,?7)",
    [DS_SQL_ADD_NAME] = "INSERT INTO names VALUES(?1,?2,?3,?4)",
    [DS_SQL_ADD_CLAIM] =
        "INSERT INTO claims(article, number, subject, relation, object, speaker, polarity, certainty, role, date,"
        " date_basis, start, end, confidence, rule, subject_words, object_words)"
        " VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17)",
    [DS_SQL_ADD_EVIDENCE] = "INSERT INTO evidence(rowid, quote) VALUES(?1,?2)",
    [DS_SQL_COUNT] = "SELECT count(*) FROM articles",
    [DS_SQL_ARTICLES] =
        "SELECT id, sha256, path, title, publisher, published, url, text FROM articles"
        " ORDER BY sha256, publisher, published, url, title",
    [DS_SQL_AUTHORS] = "SELECT name FROM authors WHERE article = ?1 ORDER BY number",
    [DS_SQL_ENTITIES] = "SELECT kind, label, known, mentions, owner FROM entities WHERE article = ?1 ORDER BY number",
    [DS_SQL_NAMES] = "SELECT entity, name FROM names WHERE article = ?1 ORDER BY entity, number",
    [DS_SQL_CLAIMS] =
        "SELECT subject, object, speaker, polarity, certainty, date_basis, start, end, confidence, relation, role,"
        " date, rule, subject_words, object_words FROM claims WHERE article = ?1 ORDER BY number",
    [DS_SQL_SEARCH] =
        "SELECT a.sha256, c.start, c.end FROM evidence e JOIN claims c ON c.id = e.rowid"
        " JOIN articles a ON a.id = c.article WHERE evidence MATCH ?1"
        " ORDER BY e.rank, a.sha256, c.number LIMIT ?2",
    [DS_SQL_INTEGRITY] = "PRAGMA integrity_check",
};

#endif
