//! Which points each bucket receives, and their sums.
//!
//! In scope: sorting terms by bucket, adding them pair by pair in rounds. Out of scope: weighing the buckets (`weighted`).
//! An attacker who owns this part sees the private inputs' digits.
//!
//! All sums of a round are independent of each other whatever the digits are, so equal digits need no waiting list: a
//! bucket that receives ten thousand points is a tree of fourteen rounds like any other.

use rayon::prelude::*;
use zeroize::Zeroizing;

use super::digits::{SignedScalar, Windows};
use super::sums::{Arithmetic, Pair, PointSums, Sources, Term};

/// Terms that one task sums: their sums stay in the second-level cache.
const TERMS_PER_TASK: usize = 8192;

/// Terms in the order of their buckets.
pub(crate) struct SortedTerms {
    /// Where each bucket's terms begin; one more than there are buckets.
    starts: Vec<u32>,
    terms: Zeroizing<Vec<Term>>,
}

impl SortedTerms {
    /// Of `sum(scalars[variables[i]] * points[i])`, with the points' tables one after the other.
    pub(crate) fn new(windows: Windows, variables: &[u32], scalars: &[SignedScalar]) -> Self {
        let buckets = windows.buckets() * windows.sets();
        let bucket_of = |window: usize, bucket: usize| (window % windows.sets()) * windows.buckets() + bucket;
        let mut starts = vec![0u32; buckets + 1];
        for &variable in variables {
            windows.for_each_digit(&scalars[variable as usize], |window, bucket, _| {
                starts[bucket_of(window, bucket) + 1] += 1;
            });
        }
        for bucket in 0..buckets {
            starts[bucket + 1] += starts[bucket];
        }
        let mut next = Zeroizing::new(starts.clone());
        let mut terms = Zeroizing::new(vec![Term::default(); starts[buckets] as usize]);
        for (point, &variable) in variables.iter().enumerate() {
            windows.for_each_digit(&scalars[variable as usize], |window, bucket, negative| {
                let place = &mut next[bucket_of(window, bucket)];
                let table = window / windows.sets();
                #[allow(clippy::cast_possible_truncation)] // tables hold at most Term::LIMIT points
                let term = Term::of_table((table * variables.len() + point) as u32, negative);
                terms[*place as usize] = term;
                *place += 1;
            });
        }
        Self { starts, terms }
    }

    /// Terms of all buckets.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    fn buckets(&self) -> usize {
        self.starts.len() - 1
    }

    /// Sums every bucket's terms, in tasks of the current thread pool.
    pub(crate) fn sums<P: PointSums>(&self, arithmetic: Arithmetic, table: &[P]) -> Zeroizing<Vec<P>> {
        let mut sums = Zeroizing::new(vec![P::default(); self.buckets()]);
        self.tasks(&mut sums)
            .into_par_iter()
            .with_max_len(1)
            .for_each(|(first, sums)| self.sum_some(arithmetic, table, first, sums));
        sums
    }

    /// Ranges of buckets with about equally many terms: the first bucket and the place of the sums.
    fn tasks<'a, P>(&self, mut sums: &'a mut [P]) -> Vec<(usize, &'a mut [P])> {
        let mut tasks = Vec::new();
        let mut first = 0;
        while first < self.buckets() {
            let limit = self.starts[first] as usize + TERMS_PER_TASK;
            let fitting = self.starts[first..].partition_point(|start| *start as usize <= limit);
            let count = (fitting - 1).clamp(1, self.buckets() - first);
            let (task, rest) = sums.split_at_mut(count);
            tasks.push((first, task));
            sums = rest;
            first += count;
        }
        tasks
    }

    fn sum_some<P: PointSums>(&self, arithmetic: Arithmetic, table: &[P], first: usize, sums: &mut [P]) {
        let starts = &self.starts[first..=first + sums.len()];
        let terms = &self.terms[starts[0] as usize..starts[sums.len()] as usize];
        let mut tree = Tree {
            counts: Zeroizing::new(starts.windows(2).map(|pair| pair[1] - pair[0]).collect()),
            terms: Zeroizing::new(terms.to_vec()),
            made: Zeroizing::new(vec![P::default(); terms.len()]),
            made_count: 0,
            pairs: Zeroizing::new(Vec::with_capacity(terms.len() / 2)),
        };
        while tree.pair_up() {
            tree.add(arithmetic, table);
        }
        tree.finish(table, sums);
    }
}

/// The buckets of one task while their terms are summed.
struct Tree<P: PointSums> {
    /// Terms left in each bucket.
    counts: Zeroizing<Vec<u32>>,
    terms: Zeroizing<Vec<Term>>,
    /// Sums of all rounds.
    made: Zeroizing<Vec<P>>,
    made_count: usize,
    pairs: Zeroizing<Vec<Pair>>,
}

impl<P: PointSums> Tree<P> {
    /// Pairs the terms of each bucket and replaces each pair by the sum it will have; false if nothing is left to add.
    fn pair_up(&mut self) -> bool {
        self.pairs.clear();
        let (mut read, mut write) = (0, 0);
        for count in self.counts.iter_mut() {
            let end = read + *count as usize;
            *count = count.div_ceil(2);
            while read + 1 < end {
                let sum = self.made_count + self.pairs.len();
                self.pairs.push(Pair {
                    left: self.terms[read],
                    right: self.terms[read + 1],
                });
                #[allow(clippy::cast_possible_truncation)] // fewer sums than terms
                let sum = Term::of_sums(sum as u32);
                self.terms[write] = sum;
                (read, write) = (read + 2, write + 1);
            }
            if read < end {
                self.terms[write] = self.terms[read];
                (read, write) = (read + 1, write + 1);
            }
        }
        !self.pairs.is_empty()
    }

    fn add(&mut self, arithmetic: Arithmetic, table: &[P]) {
        let (made, free) = self.made.split_at_mut(self.made_count);
        let sources = Sources { table, sums: made };
        arithmetic.add(sources, &self.pairs, &mut free[..self.pairs.len()]);
        self.made_count += self.pairs.len();
    }

    fn finish(&self, table: &[P], sums: &mut [P]) {
        let sources = Sources {
            table,
            sums: &self.made,
        };
        let mut terms = self.terms.iter();
        for (count, sum) in self.counts.iter().zip(sums) {
            if *count == 1
                && let Some(term) = terms.next()
            {
                *sum = sources.signed(*term);
            }
        }
    }
}
