"""Exact decoding: the best tree with a single root, the best consistent sequence of name tags."""
import numpy as np

ROOT_COST = 1e6


def find_cycle(heads):
    """A list of nodes on a cycle of `heads` (heads[0] is ignored), or None."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node):]
        for p in path:
            state[p] = 2
    return None


def chu_liu_edmonds(scores):
    """Heads of the maximum spanning arborescence from node 0; scores[dependent][head]."""
    n = len(scores)
    scores = scores.copy()
    scores[np.arange(n), np.arange(n)] = -np.inf
    scores[0, :] = -np.inf
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(list(heads))
    if cycle is None:
        return heads
    cycle = np.array(sorted(cycle))
    rest = np.array([i for i in range(n) if i not in set(cycle.tolist())])
    kept = scores[cycle, heads[cycle]]
    gain = scores[np.ix_(cycle, rest)] - kept[:, None]          # entering the cycle at each node, from each outside head
    enter = gain.argmax(0)
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(rest, rest)]
    small[m, :m] = gain.max(0)
    out = scores[np.ix_(rest, cycle)]
    leave = out.argmax(1)
    small[:m, m] = out[np.arange(m), leave]
    found = chu_liu_edmonds(small)
    heads = heads.copy()
    for i in range(1, m):
        heads[rest[i]] = cycle[leave[i]] if found[i] == m else rest[found[i]]
    at = found[m]
    heads[cycle[enter[at]]] = rest[at]
    return heads


def tree(scores):
    """Heads (0: root) of words 1..n; scores [n+1, n+1], row 0 unused. One word exactly hangs on the root."""
    scores = scores.astype(np.float64).copy()
    scores[np.arange(len(scores)), np.arange(len(scores))] = -np.inf
    heads = scores.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and find_cycle(list(heads)) is None:
        return heads[1:]
    scores[1:, 0] -= ROOT_COST
    return chu_liu_edmonds(scores)[1:]


def allowed(tags):
    """follows[a][b], starts[a], ends[a] of a BIOES tag list."""
    opens = [t[0] in "BI" for t in tags]
    inside = [t[0] in "IE" for t in tags]
    follows = np.array([[(opens[a] and inside[b] and tags[a][2:] == tags[b][2:]) or (not opens[a] and not inside[b])
                         for b in range(len(tags))] for a in range(len(tags))])
    return follows, ~np.array(inside), ~np.array(opens)


def viterbi(scores, follows, starts, ends):
    """The best allowed sequence of tags; scores [words, tags]. Of equals the lower index wins."""
    n, k = scores.shape
    best = np.where(starts, scores[0], -np.inf)
    back = np.zeros((n, k), int)
    for i in range(1, n):
        through = np.where(follows, best[:, None], -np.inf)
        back[i] = through.argmax(0)
        best = through.max(0) + scores[i]
    best = np.where(ends, best, -np.inf)
    tags = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        tags.append(int(back[i, tags[-1]]))
    return tags[::-1]
