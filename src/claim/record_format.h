/* claim/record_format.h - what writer and reader of a record's JSON line share (internal to claim/) */
#ifndef DS_CLAIM_RECORD_FORMAT_H
#define DS_CLAIM_RECORD_FORMAT_H

#define RECORD_FORMAT "dossier-extract"
#define RECORD_VERSION 1
#define RECORD_DIGITS 4 /* of a confidence: as many as are the same everywhere */

#endif
