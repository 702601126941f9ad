//! Arc scores to a tree with one root: each word's best head where that is a tree already, the maximum spanning tree (Chu-Liu and Edmonds) where not.

/// Roots tried where the best heads are no tree.
const ROOTS: usize = 6;
const NEVER: i64 = i64::MIN / 4;

/// `scores[i · (n + 1) + h]` is the score of head `h` (0 = root, 1-based words) for word `i`. Returns a head for each word.
pub(super) fn decode(scores: &[i32], n: usize) -> Vec<u32> {
    let greedy: Vec<usize> = (0..n)
        .map(|i| {
            let line = &scores[i * (n + 1)..][..=n];
            let mut at = 0;
            for (h, &s) in line.iter().enumerate() {
                if s > line[at] && h != i + 1 {
                    at = h;
                }
            }
            at
        })
        .collect();
    if n == 0 || is_tree(&greedy) {
        return greedy.into_iter().map(|h| h as u32).collect();
    }
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by_key(|&i| (std::cmp::Reverse(scores[i * (n + 1)]), i));
    roots.truncate(ROOTS);
    let mut best: Option<(i64, Vec<usize>)> = None;
    for root in roots {
        let mut graph = vec![NEVER; (n + 1) * (n + 1)];
        for i in 0..n {
            for h in 0..=n {
                let allowed = if i == root { h == 0 } else { h != 0 && h != i + 1 };
                if allowed {
                    graph[(i + 1) * (n + 1) + h] = i64::from(scores[i * (n + 1) + h]);
                }
            }
        }
        let heads = spanning(&graph, n + 1);
        let total = (1..=n).map(|i| graph[i * (n + 1) + heads[i]]).sum();
        if best.as_ref().is_none_or(|(score, _)| total > *score) {
            best = Some((total, heads));
        }
    }
    let heads = best.map(|(_, heads)| heads).unwrap_or_default();
    heads.into_iter().skip(1).map(|h| h as u32).collect()
}

fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|&&h| h == 0).count() != 1 {
        return false;
    }
    // 0: not seen, otherwise the number of the walk that came by.
    let mut seen = vec![0_usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = start + 1;
            match heads[at].checked_sub(1) {
                Some(up) => at = up,
                None => break,
            }
        }
        if seen[at] == start + 1 && heads[at] != 0 {
            return false;
        }
    }
    true
}

/// Chu-Liu-Edmonds over `graph[dependent · n + head]` with node 0 as the root.
fn spanning(graph: &[i64], n: usize) -> Vec<usize> {
    let mut heads = vec![0; n];
    for i in 1..n {
        let line = &graph[i * n..][..n];
        for (h, &s) in line.iter().enumerate() {
            if s > line[heads[i]] {
                heads[i] = h;
            }
        }
    }
    let Some(cycle) = cycle(&heads) else { return heads };
    let mut inside = vec![false; n];
    for &i in &cycle {
        inside[i] = true;
    }
    let outside: Vec<usize> = (0..n).filter(|&i| !inside[i]).collect();
    let m = outside.len();
    let mut small = vec![NEVER; (m + 1) * (m + 1)];
    // Where an arc from the cycle to an outside word leaves, and where an arc into the cycle enters.
    let mut leave = vec![0; m];
    let mut enter = vec![0; m];
    for (a, &i) in outside.iter().enumerate() {
        for (b, &j) in outside.iter().enumerate() {
            if i != j {
                small[a * (m + 1) + b] = graph[i * n + j];
            }
        }
        let from = best_of(&cycle, |c| graph[i * n + c]);
        small[a * (m + 1) + m] = graph[i * n + from];
        leave[a] = from;
        let gain = |c: usize| {
            if graph[c * n + i] == NEVER { NEVER } else { graph[c * n + i] - graph[c * n + heads[c]] }
        };
        let into = best_of(&cycle, gain);
        small[m * (m + 1) + a] = gain(into);
        enter[a] = into;
    }
    let chosen = spanning(&small, m + 1);
    let mut out = heads;
    for (a, &i) in outside.iter().enumerate() {
        if i != 0 {
            out[i] = if chosen[a] == m { leave[a] } else { outside[chosen[a]] };
        }
    }
    let from = chosen[m];
    out[enter[from]] = outside[from];
    out
}

fn best_of(nodes: &[usize], score: impl Fn(usize) -> i64) -> usize {
    let mut best = nodes[0];
    for &c in &nodes[1..] {
        if score(c) > score(best) {
            best = c;
        }
    }
    best
}

fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut out = vec![at];
            let mut next = heads[at];
            while next != at {
                out.push(next);
                next = heads[next];
            }
            return Some(out);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(scores: &[i32], heads: &[usize], n: usize) -> i64 {
        heads.iter().enumerate().map(|(i, &h)| i64::from(scores[i * (n + 1) + h])).sum()
    }

    /// The best tree by trying every assignment of heads.
    fn exhaustive(scores: &[i32], n: usize) -> i64 {
        let mut best = i64::MIN;
        let mut heads = vec![0; n];
        loop {
            if heads.iter().enumerate().all(|(i, &h)| h != i + 1) && is_tree(&heads) {
                best = best.max(total(scores, &heads, n));
            }
            let mut at = 0;
            while at < n && heads[at] == n {
                heads[at] = 0;
                at += 1;
            }
            if at == n {
                return best;
            }
            heads[at] += 1;
        }
    }

    proptest! {
        #[test]
        fn always_the_best_tree(n in 1_usize..5, seed in proptest::collection::vec(-1000_i32..1000, 20)) {
            let scores = &seed[..n * (n + 1)];
            let heads: Vec<usize> = decode(scores, n).into_iter().map(|h| h as usize).collect();
            prop_assert!(is_tree(&heads));
            prop_assert_eq!(total(scores, &heads, n), exhaustive(scores, n));
        }

        #[test]
        fn long_sentences_get_trees(n in 10_usize..40, seed in any::<u64>()) {
            let mut state = seed;
            let scores: Vec<i32> = (0..n * (n + 1)).map(|_| { state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1); (state >> 40) as i32 }).collect();
            let heads: Vec<usize> = decode(&scores, n).into_iter().map(|h| h as usize).collect();
            prop_assert!(is_tree(&heads));
        }
    }
}
