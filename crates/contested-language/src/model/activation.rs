//! Elementary functions of our own: the platform's differ in the last bits, ours are additions, multiplications and divisions in a fixed order.

#![allow(
    clippy::excessive_precision,
    clippy::many_single_char_names,
    reason = "coefficients and variables as in the literature"
)]

/// Largest magnitude of a quantised activation: 13 bits with the sign.
pub(super) const LIMIT: f32 = 4095.0;

/// tanh as a fraction, fitted so that it errs by less than the quantised states can show (1.4e-4): what needs several of them can divide once.
#[inline(always)]
pub(super) fn tanh(x: f32) -> (f32, f32) {
    let x = within(x, 5.0);
    let y = x * x;
    (((6.549_423e-4 * y + 0.101_723_08) * y + 0.999_810_14) * x, (0.012_639_164 * y + 0.434_504) * y + 1.0)
}

/// The logistic function as a fraction: (tanh(x / 2) + 1) / 2.
#[inline(always)]
pub(super) fn sigmoid(x: f32) -> (f32, f32) {
    let (p, q) = tanh(x * 0.5);
    (p + q, q + q)
}

/// e^x (relative error below 1e-6) for x in −80..80, clamped outside.
pub(super) fn exp(x: f32) -> f32 {
    let x = within(x, 80.0);
    let k = nearest(x * std::f32::consts::LOG2_E);
    let r = (x - k * 0.693_359_4) - k * -2.121_944_4e-4;
    let p = ((((1.987_569_1e-4 * r + 1.398_199_9e-3) * r + 8.333_452e-3) * r + 4.166_579_6e-2) * r
        + 0.166_666_65)
        * r
        + 0.5;
    let e = p * (r * r) + r + 1.0;
    e * f32::from_bits(((k as i32 + 127) as u32) << 23)
}

/// 1.5 · 2^23: added to a small number it pushes the fraction out of the mantissa, rounding to the nearest whole number, ties to even.
const PUSH: f32 = 12_582_912.0;

/// The nearest whole number, for |x| below 2^22.
#[inline(always)]
fn nearest(x: f32) -> f32 {
    (x + PUSH) - PUSH
}

/// x within ±limit. Written as two comparisons, each one instruction; `f32::clamp` asks more.
#[inline(always)]
fn within(x: f32, limit: f32) -> f32 {
    let x = if x < limit { x } else { limit };
    if x > -limit { x } else { -limit }
}

/// The quantised form of `x · scale`, at most ±4095.
#[inline(always)]
pub(super) fn quantise(x: f32, scale: f32) -> i16 {
    // The whole number is read off the mantissa: a cast would check for what cannot be.
    ((within(x * scale, LIMIT) + PUSH).to_bits() as i32).wrapping_sub(PUSH.to_bits() as i32) as i16
}

/// max(x, 0.1 x).
#[inline(always)]
pub(super) fn leaky(x: f32) -> f32 {
    if x > 0.0 { x } else { x * 0.1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_real_functions() {
        for i in -4000..4000 {
            let x = i as f32 / 200.0;
            let (p, q) = tanh(x);
            assert!((p / q - x.tanh()).abs() < 1.5e-4, "tanh {x}");
            let (p, q) = sigmoid(x);
            assert!((p / q - 1.0 / (1.0 + (-x).exp())).abs() < 1.5e-4, "sigmoid {x}");
            assert!((exp(x) / x.exp() - 1.0).abs() < 3e-6, "exp {x}");
        }
    }

    #[test]
    fn quantising_rounds_and_saturates() {
        assert_eq!(quantise(0.5, 4095.0), 2048);
        assert_eq!(quantise(9.0, 4095.0), 4095);
        assert_eq!(quantise(-9.0, 4095.0), -4095);
    }
}
