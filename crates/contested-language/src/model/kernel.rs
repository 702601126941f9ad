//! The one hot loop: rows of 16-bit activations times a packed 16-bit matrix, summed in 32-bit integers. Integer sums have no order, so the
//! vector path and the plain path agree bit for bit by construction; the only `unsafe` of the crate is here.
//!
//! A matrix is packed as [outputs / 8][inputs / 2][8][2]: one 32-byte vector holds, for eight outputs, the weights of two neighbouring inputs.
//! Weights stay within ±1023 and activations within ±4095, so 512 products cannot leave 32 bits.

use std::cell::Cell;
use std::sync::OnceLock;

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

/// Whether the vector path is to be used.
pub(super) fn fast() -> bool {
    static AVX2: OnceLock<bool> = OnceLock::new();
    let available = *AVX2.get_or_init(|| {
        #[cfg(target_arch = "x86_64")]
        {
            std::arch::is_x86_feature_detected!("avx2")
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            false
        }
    });
    available && !PLAIN.with(Cell::get)
}

/// `out[r][o] = Σ_k rows[r][k] · matrix[o][k]` for all rows; `out` holds rows of `matrix.outputs`.
pub(super) fn multiply(matrix: &Matrix, rows: &[i16], out: &mut [i32]) {
    let (k, n) = (matrix.inputs, matrix.outputs);
    assert!(k.is_multiple_of(2) && n.is_multiple_of(16) && k <= 512, "matrix shape");
    assert_eq!(matrix.packed.len(), k * n, "packed matrix size");
    let count = rows.len() / k;
    assert!(rows.len() == count * k && out.len() == count * n, "row sizes");
    #[cfg(target_arch = "x86_64")]
    if fast() {
        // SAFETY: `fast` is true only where the processor has AVX2; the sizes were checked above.
        #[allow(unsafe_code, reason = "vector instructions chosen at run time")]
        unsafe {
            avx2::multiply(matrix.packed, rows, out, k, n);
        }
        return;
    }
    plain(matrix.packed, rows, out, k, n);
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
    if fast() {
        // SAFETY: `fast` is true only where the processor has AVX2.
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
