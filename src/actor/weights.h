/* actor/weights.h - the numbers by which pronouns and descriptions choose; tuned on gold/learn.jsonl alone */
#ifndef DS_ACTOR_WEIGHTS_H
#define DS_ACTOR_WEIGHTS_H

#define W_FADE 0.4f     /* how much of an actor's weight a sentence leaves */
#define W_SUBJECT 0.6f  /* more weight for a subject */
#define W_ARTICLE 0.05f /* for each mention in the whole article: the state at hand */
#define W_AGENT 0.3f    /* "the country": left to a state that acts in the same sentence */
#define W_DISTANCE 1.5f /* a sentence between pronoun and name */
#define W_COUNT 0.15f   /* for each mention so far, up to five */
#define W_GENDER 0.5f   /* known gender that agrees, over an unknown one */
#define W_WORD 2.0f     /* the description's noun is part of the name: "the court", "Supreme Court" */
#define W_MARGIN 0.02f  /* closer than this, a rival makes it unsafe */
#define MOST_DISTANCE 3 /* sentences back for he and she */
#define NEAR_DISTANCE 1 /* for it and they */
#define DESCRIPTION_DISTANCE 6
#define MOST_TITLE_TOKENS 6 /* between a state and the name of its president */

#endif
