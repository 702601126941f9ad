//! The one hot loop: rows of 16-bit activations times a packed 16-bit matrix, summed in 32-bit integers. Integer sums have no order, so the
//! vector paths and the plain path agree bit for bit by construction; the only `unsafe` of the crate is here.
//!
//! A matrix is packed as [outputs / 8][inputs / 2][8][2]: one 32-byte vector holds, for eight outputs, the weights of two neighbouring inputs.
//! Weights stay within ±1023 and activations within ±4095, so 512 products cannot leave 32 bits.

use std::cell::Cell;

/// A packed matrix with the factor and offset that turn its sums into real numbers.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'a> {
    pub(super) packed: &'a [i16],
    pub(super) scale: &'a [f32],
    pub(super) bias: &'a [f32],
    /// Inputs: even.
    pub(super) inputs: usize,
    /// Outputs: a multiple of 16.
    pub(super) outputs: usize,
}

thread_local! {
    static PLAIN: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work` with the plain path on this thread, whatever the processor offers: for tests and for comparing.
pub(super) fn with_plain_path<T>(work: impl FnOnce() -> T) -> T {
    PLAIN.with(|plain| {
        let before = plain.replace(true);
        let out = work();
        plain.set(before);
        out
    })
}

/// Ways through the hot loop, each needing more of the processor than the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Path {
    Plain,
    /// Vectors of sixteen numbers.
    Avx2,
    /// Vectors of thirty-two, with one instruction for product and sum.
    Vnni,
}

impl Path {
    /// The widest that the processor has.
    fn available() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            static AVAILABLE: std::sync::OnceLock<Path> = std::sync::OnceLock::new();
            *AVAILABLE.get_or_init(|| {
                let avx2 = std::arch::is_x86_feature_detected!("avx2");
                let vnni = std::arch::is_x86_feature_detected!("avx512f")
                    && std::arch::is_x86_feature_detected!("avx512vnni");
                match (avx2, vnni) {
                    (true, true) => Self::Vnni,
                    (true, false) => Self::Avx2,
                    (false, _) => Self::Plain,
                }
            })
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            Self::Plain
        }
    }

    /// The one to be taken.
    fn chosen() -> Self {
        if PLAIN.with(Cell::get) { Self::Plain } else { Self::available() }
    }
}

/// `out[r][o] = Σ_k rows[r][k] · matrix[o][k]` for all rows; `out` holds rows of `matrix.outputs`.
pub(super) fn multiply(matrix: &Matrix, rows: &[i16], out: &mut [i32]) {
    let (k, n) = (matrix.inputs, matrix.outputs);
    assert!(k.is_multiple_of(2) && n.is_multiple_of(16) && k <= 512, "matrix shape");
    assert_eq!(matrix.packed.len(), k * n, "packed matrix size");
    let count = rows.len() / k;
    assert!(rows.len() == count * k && out.len() == count * n, "row sizes");
    multiply_by(Path::chosen(), matrix.packed, rows, out, k, n);
}

/// `path` must be available, and the sizes those that `multiply` asserts.
fn multiply_by(path: Path, packed: &[i16], rows: &[i16], out: &mut [i32], k: usize, n: usize) {
    match path {
        Path::Plain => plain(packed, rows, out, k, n),
        // SAFETY: the path says what the processor has; the sizes were checked.
        #[cfg(target_arch = "x86_64")]
        #[allow(unsafe_code, reason = "vector instructions chosen at run time")]
        Path::Avx2 => unsafe { avx2::multiply(packed, rows, out, k, n) },
        // SAFETY: as above.
        #[cfg(target_arch = "x86_64")]
        #[allow(unsafe_code, reason = "vector instructions chosen at run time")]
        Path::Vnni => unsafe { vnni::multiply(packed, rows, out, k, n) },
        #[cfg(not(target_arch = "x86_64"))]
        Path::Avx2 | Path::Vnni => plain(packed, rows, out, k, n),
    }
}

fn plain(packed: &[i16], rows: &[i16], out: &mut [i32], k: usize, n: usize) {
    for (row, sums) in rows.chunks_exact(k).zip(out.chunks_exact_mut(n)) {
        for (block, eight) in packed.chunks_exact(8 * k).zip(sums.chunks_exact_mut(8)) {
            let mut sum = [0_i32; 8];
            for (pair, weights) in row.chunks_exact(2).zip(block.chunks_exact(16)) {
                for (s, w) in sum.iter_mut().zip(weights.chunks_exact(2)) {
                    *s += i32::from(pair[0]) * i32::from(w[0]) + i32::from(pair[1]) * i32::from(w[1]);
                }
            }
            eight.copy_from_slice(&sum);
        }
    }
}

/// The sum of products of two rows of quantised activations (at most 128 of them).
#[inline(always)]
pub(super) fn dot(a: &[i16], b: &[i16]) -> i32 {
    a.iter().zip(b).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
}

/// A loop over elements, each computed for itself.
pub(super) trait Elementwise {
    /// Must be `#[inline(always)]`, and so must be all that it calls, to be compiled anew for the wider vectors.
    fn run(self);
}

/// Runs `work` compiled for wider vectors where the processor has them. Without fused multiply-add the results are the same either way.
#[inline]
pub(super) fn elementwise(work: impl Elementwise) {
    #[cfg(target_arch = "x86_64")]
    if Path::chosen() >= Path::Avx2 {
        // SAFETY: the path says that the processor has AVX2.
        #[allow(unsafe_code, reason = "vector instructions chosen at run time")]
        unsafe {
            avx2::elementwise(work);
        }
        return;
    }
    work.run();
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector instructions; bounds are checked by the caller")]
#[allow(
    clippy::cast_ptr_alignment,
    clippy::many_single_char_names,
    reason = "all loads and stores are the unaligned ones"
)]
mod avx2 {
    use std::arch::x86_64::{
        __m256i, _mm256_add_epi32, _mm256_loadu_si256, _mm256_madd_epi16, _mm256_set1_epi32,
        _mm256_setzero_si256, _mm256_storeu_si256,
    };

    #[target_feature(enable = "avx2")]
    pub(super) fn elementwise(work: impl super::Elementwise) {
        work.run();
    }

    /// # Safety
    /// `packed` holds n·k weights, `rows` whole rows of k, `out` as many rows of n; k is even, n a multiple of 16; the processor has AVX2.
    #[target_feature(enable = "avx2")]
    pub(super) unsafe fn multiply(packed: &[i16], rows: &[i16], out: &mut [i32], k: usize, n: usize) {
        let count = rows.len() / k;
        // A slice of rows that stays in the first-level cache beside two blocks of weights.
        const SLICE: usize = 36;
        let mut first = 0;
        while first < count {
            let last = (first + SLICE).min(count);
            for block in (0..n).step_by(16) {
                // SAFETY: block + 16 ≤ n and every row index is below count, so all offsets lie within the three slices.
                unsafe {
                    let weights = packed.as_ptr().add(block * k);
                    let mut r = first;
                    while r + 6 <= last {
                        tile::<6>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        );
                        r += 6;
                    }
                    match last - r {
                        5 => tile::<5>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        ),
                        4 => tile::<4>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        ),
                        3 => tile::<3>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        ),
                        2 => tile::<2>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        ),
                        1 => tile::<1>(
                            weights,
                            rows.as_ptr().add(r * k),
                            out.as_mut_ptr().add(r * n + block),
                            k,
                            n,
                        ),
                        _ => {}
                    }
                }
            }
            first = last;
        }
    }

    /// R rows by sixteen outputs.
    ///
    /// # Safety
    /// `weights` points at 16·k weights, `rows` at R·k activations, `out` at R rows of n with at least 16 left in the last.
    #[target_feature(enable = "avx2")]
    #[inline]
    unsafe fn tile<const R: usize>(weights: *const i16, rows: *const i16, out: *mut i32, k: usize, n: usize) {
        // SAFETY: the offsets follow the bounds stated above; unaligned loads and stores are used throughout.
        unsafe {
            let mut low = [_mm256_setzero_si256(); R];
            let mut high = [_mm256_setzero_si256(); R];
            let second = weights.add(8 * k);
            for pair in 0..k / 2 {
                let a = _mm256_loadu_si256(weights.add(pair * 16).cast::<__m256i>());
                let b = _mm256_loadu_si256(second.add(pair * 16).cast::<__m256i>());
                for r in 0..R {
                    let x = _mm256_set1_epi32(rows.add(r * k + pair * 2).cast::<i32>().read_unaligned());
                    low[r] = _mm256_add_epi32(low[r], _mm256_madd_epi16(a, x));
                    high[r] = _mm256_add_epi32(high[r], _mm256_madd_epi16(b, x));
                }
            }
            for r in 0..R {
                _mm256_storeu_si256(out.add(r * n).cast::<__m256i>(), low[r]);
                _mm256_storeu_si256(out.add(r * n + 8).cast::<__m256i>(), high[r]);
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code, reason = "vector instructions; bounds are checked by the caller")]
#[allow(
    clippy::cast_ptr_alignment,
    clippy::many_single_char_names,
    reason = "all loads and stores are the unaligned ones"
)]
mod vnni {
    use std::arch::x86_64::{
        __m256i, __m512i, _mm256_loadu_si256, _mm512_castsi256_si512, _mm512_dpwssd_epi32,
        _mm512_inserti64x4, _mm512_set1_epi32, _mm512_setzero_si512, _mm512_storeu_si512,
    };

    /// Rows of a tile.
    const TALL: usize = 8;

    /// # Safety
    /// `packed` holds n·k weights, `rows` whole rows of k, `out` as many rows of n; k is even, n a multiple of 16; the processor has
    /// AVX-512 F and VNNI.
    #[target_feature(enable = "avx512f,avx512vnni")]
    pub(super) unsafe fn multiply(packed: &[i16], rows: &[i16], out: &mut [i32], k: usize, n: usize) {
        let count = rows.len() / k;
        let even = n / 32 * 32;
        // Rows that stay in the first-level cache beside two blocks of weights.
        const SLICE: usize = 4 * TALL;
        for first in (0..count).step_by(SLICE) {
            let last = (first + SLICE).min(count);
            // SAFETY: blocks end by n and rows by count, so all offsets lie within the three slices.
            unsafe {
                for block in (0..even).step_by(32) {
                    let weights = packed.as_ptr().add(block * k);
                    column::<true>(weights, rows.as_ptr(), out.as_mut_ptr().add(block), first, last, k, n);
                }
                if even < n {
                    let weights = packed.as_ptr().add(even * k);
                    column::<false>(weights, rows.as_ptr(), out.as_mut_ptr().add(even), first, last, k, n);
                }
            }
        }
    }

    /// Rows `first` to `last` by thirty-two outputs, or by sixteen where not `WIDE`.
    ///
    /// # Safety
    /// As `tile`, for each of the rows.
    #[target_feature(enable = "avx512f,avx512vnni")]
    #[inline]
    unsafe fn column<const WIDE: bool>(
        weights: *const i16,
        rows: *const i16,
        out: *mut i32,
        first: usize,
        last: usize,
        k: usize,
        n: usize,
    ) {
        let mut r = first;
        // SAFETY: r stays below last.
        unsafe {
            while r + TALL <= last {
                tile::<TALL, WIDE>(weights, rows.add(r * k), out.add(r * n), k, n);
                r += TALL;
            }
            while r + 4 <= last {
                tile::<4, WIDE>(weights, rows.add(r * k), out.add(r * n), k, n);
                r += 4;
            }
            match last - r {
                3 => tile::<3, WIDE>(weights, rows.add(r * k), out.add(r * n), k, n),
                2 => tile::<2, WIDE>(weights, rows.add(r * k), out.add(r * n), k, n),
                1 => tile::<1, WIDE>(weights, rows.add(r * k), out.add(r * n), k, n),
                _ => {}
            }
        }
    }

    /// R rows by thirty-two outputs, or by sixteen where not `WIDE`.
    ///
    /// # Safety
    /// `weights` points at 32·k weights (16·k), `rows` at R·k activations, `out` at R rows of n with at least 32 (16) left in the last.
    #[target_feature(enable = "avx512f,avx512vnni")]
    #[inline]
    unsafe fn tile<const R: usize, const WIDE: bool>(
        weights: *const i16,
        rows: *const i16,
        out: *mut i32,
        k: usize,
        n: usize,
    ) {
        // SAFETY: the offsets follow the bounds stated above; unaligned loads and stores are used throughout.
        unsafe {
            let mut low = [_mm512_setzero_si512(); R];
            let mut high = [_mm512_setzero_si512(); R];
            let row: [*const i16; R] = std::array::from_fn(|r| rows.add(r * k));
            // Blocks of eight outputs, which lie apart.
            let block: [*const i16; 4] =
                std::array::from_fn(|b| if WIDE || b < 2 { weights.add(b * 8 * k) } else { weights });
            let mut at = 0;
            while at < k {
                let a = sixteen(block[0].add(8 * at), block[1].add(8 * at));
                let b = if WIDE { sixteen(block[2].add(8 * at), block[3].add(8 * at)) } else { a };
                for r in 0..R {
                    let x = _mm512_set1_epi32(row[r].add(at).cast::<i32>().read_unaligned());
                    low[r] = _mm512_dpwssd_epi32(low[r], a, x);
                    if WIDE {
                        high[r] = _mm512_dpwssd_epi32(high[r], b, x);
                    }
                }
                at += 2;
            }
            for r in 0..R {
                _mm512_storeu_si512(out.add(r * n).cast::<__m512i>(), low[r]);
                if WIDE {
                    _mm512_storeu_si512(out.add(r * n + 16).cast::<__m512i>(), high[r]);
                }
            }
        }
    }

    /// The weights of sixteen outputs for two inputs, from two blocks of eight outputs.
    ///
    /// # Safety
    /// Sixteen weights lie at each place.
    #[target_feature(enable = "avx512f")]
    #[inline]
    unsafe fn sixteen(first: *const i16, second: *const i16) -> __m512i {
        // SAFETY: as stated above.
        unsafe {
            let low = _mm256_loadu_si256(first.cast::<__m256i>());
            let high = _mm256_loadu_si256(second.cast::<__m256i>());
            _mm512_inserti64x4::<1>(_mm512_castsi256_si512(low), high)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers within ±limit out of a seed.
    fn numbers(seed: u64, limit: i16, count: usize) -> Vec<i16> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % (2 * limit as u64 + 1)) as i16 - limit
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn every_path_gives_the_same_sums() {
        for (k, n) in [(2, 16), (128, 640), (160, 48), (320, 32), (512, 80)] {
            for count in [0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 13, 17, 35, 36, 37, 73] {
                let packed = numbers(k as u64, 1023, k * n);
                let rows = numbers(count as u64, 4095, k * count);
                let mut wanted = vec![0; n * count];
                multiply_by(Path::Plain, &packed, &rows, &mut wanted, k, n);
                for path in [Path::Avx2, Path::Vnni] {
                    if path <= Path::available() {
                        let mut sums = vec![-1; n * count];
                        multiply_by(path, &packed, &rows, &mut sums, k, n);
                        assert_eq!(sums, wanted, "{path:?}, {k} inputs, {n} outputs, {count} rows");
                    }
                }
            }
        }
    }

    #[test]
    fn the_largest_numbers_stay_within_their_bounds() {
        let (k, n) = (512, 16);
        for sign in [1, -1] {
            let (packed, rows) = (vec![1023; k * n], vec![4095 * sign; k]);
            for path in [Path::Plain, Path::Avx2, Path::Vnni] {
                if path <= Path::available() {
                    let mut sums = vec![0; n];
                    multiply_by(path, &packed, &rows, &mut sums, k, n);
                    assert!(sums.iter().all(|&sum| sum == 1023 * 4095 * 512 * i32::from(sign)), "{path:?}");
                }
            }
        }
    }
}
