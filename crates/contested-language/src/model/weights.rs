//! The weights as they lie in the binary: a header and sections on 64-byte bounds, written by training/export.py and used in place.

use super::features::{CASE_CLASSES, SHAPES};
use super::kernel::Matrix;

/// Dimensions of the word vectors.
pub(super) const FROZEN: usize = 50;
pub(super) const TRAINED: usize = 64;
pub(super) const SHAPE: usize = 14;
/// Width of the encoder's input.
pub(super) const INPUT: usize = FROZEN + TRAINED + SHAPE;
/// Layers of the encoder.
pub(super) const LAYERS: usize = 2;

#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../data/model.bin"));

/// One direction of one layer.
pub(super) struct Cell<'a> {
    /// Input to gates; carries the bias.
    pub(super) input: Matrix<'a>,
    /// Own last state to gates; without bias.
    pub(super) state: Matrix<'a>,
}

pub(super) struct Weights<'a> {
    pub(super) id: &'a str,
    pub(super) hidden: usize,
    pub(super) arc: usize,
    pub(super) buckets: usize,
    keys: &'a [u32],
    rows: &'a [u16],
    pub(super) frozen: &'a [i8],
    pub(super) frozen_scale: &'a [f32],
    pub(super) trained: &'a [i8],
    pub(super) trained_scale: &'a [f32],
    pub(super) affix: &'a [i8],
    pub(super) affix_scale: &'a [f32],
    pub(super) shape: &'a [f32],
    pub(super) cells: [[Cell<'a>; 2]; LAYERS],
    /// Every linear map of the final states, side by side.
    pub(super) states: Matrix<'a>,
    pub(super) arc_between: Matrix<'a>,
    pub(super) arc_root: &'a [i16],
    pub(super) rel_root: &'a [f32],
    pub(super) rel_out: Matrix<'a>,
    pub(super) input_scale: f32,
    pub(super) dep_scale: f32,
    pub(super) between_scale: f32,
    pub(super) head_scale: f32,
    pub(super) rel_scale: f32,
}

/// Takes sections off the file, one after another.
struct Sections<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Sections<'a> {
    fn take<T: bytemuck::AnyBitPattern>(&mut self, count: usize) -> Option<&'a [T]> {
        let bytes = self.file.get(self.at..self.at + count * size_of::<T>())?;
        self.at += bytes.len().next_multiple_of(64);
        bytemuck::try_cast_slice(bytes).ok()
    }

    fn matrix(&mut self, inputs: usize, outputs: usize, bias: bool) -> Option<Matrix<'a>> {
        let packed = self.take(inputs * outputs)?;
        let scale = self.take(outputs)?;
        let bias = if bias { self.take(outputs)? } else { &[] };
        Some(Matrix { packed, scale, bias, inputs, outputs })
    }
}

impl Weights<'static> {
    pub(super) fn embedded() -> Self {
        // xtask and the tests below run this; the file is part of the source, so a bad one never ships.
        Self::read(&FILE.0).expect("the embedded weights have the layout that training/export.py writes")
    }
}

impl<'a> Weights<'a> {
    fn read(file: &'a [u8]) -> Option<Self> {
        if file.get(..8)? != b"CTMODEL1" {
            return None;
        }
        let id = std::str::from_utf8(file.get(8..27)?).ok()?;
        let numbers: &[u32] = bytemuck::try_cast_slice(file.get(32..60)?).ok()?;
        let &[hidden, words, trained, buckets, slots, arc, rel] = numbers else { return None };
        let [hidden, words, trained, buckets, slots, arc, rel] = [
            hidden as usize,
            words as usize,
            trained as usize,
            buckets as usize,
            slots as usize,
            arc as usize,
            rel as usize,
        ];
        let scales: &[f32] = bytemuck::try_cast_slice(file.get(64..84)?).ok()?;
        let &[input_scale, dep_scale, between_scale, head_scale, rel_scale] = scales else { return None };
        let mut s = Sections { file, at: 128 };
        let keys = s.take(slots)?;
        let rows = s.take(slots)?;
        let frozen = s.take(words * FROZEN)?;
        let frozen_scale = s.take(FROZEN)?;
        let trained_rows = s.take(trained * TRAINED)?;
        let trained_scale = s.take(TRAINED)?;
        let affix = s.take(buckets * TRAINED)?;
        let affix_scale = s.take(TRAINED)?;
        let shape = s.take(SHAPES * CASE_CLASSES * SHAPE)?;
        let mut cell = |inputs| {
            Some(Cell {
                input: s.matrix(inputs, 4 * hidden, true)?,
                state: s.matrix(hidden, 4 * hidden, false)?,
            })
        };
        let cells = [[cell(INPUT)?, cell(INPUT)?], [cell(2 * hidden)?, cell(2 * hidden)?]];
        Some(Self {
            id,
            hidden,
            arc,
            buckets,
            keys,
            rows,
            frozen,
            frozen_scale,
            trained: trained_rows,
            trained_scale,
            affix,
            affix_scale,
            shape,
            cells,
            states: s.matrix(2 * hidden, super::heads::LINEAR + 2 * arc + 2 * rel, true)?,
            arc_between: s.matrix(arc, arc, true)?,
            arc_root: s.take(arc)?,
            rel_root: s.take(rel)?,
            rel_out: s.matrix(rel, super::heads::DEPRELS_PADDED, true)?,
            input_scale,
            dep_scale,
            between_scale,
            head_scale,
            rel_scale,
        })
    }

    /// The row of a canonical form; 0 where the table has none.
    pub(super) fn row(&self, canonical: &str) -> usize {
        let hash = super::features::hash(canonical, 0);
        let key = (hash >> 32) as u32 | 1;
        let mask = self.keys.len() - 1;
        let mut slot = hash as usize & mask;
        for _ in 0..self.keys.len() {
            match self.keys[slot] {
                0 => return 0,
                k if k == key => return self.rows[slot] as usize,
                _ => slot = (slot + 1) & mask,
            }
        }
        0
    }
}
