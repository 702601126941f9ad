use super::words::lower;

/// A direction of the compass, or the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// North.
    North,
    /// North-east.
    NorthEast,
    /// East.
    East,
    /// South-east.
    SouthEast,
    /// South.
    South,
    /// South-west.
    SouthWest,
    /// West.
    West,
    /// North-west.
    NorthWest,
}

impl Direction {
    /// Degrees clockwise from north.
    pub fn bearing(self) -> f64 {
        45.0 * f64::from(self as u8)
    }

    /// The word: "north-east".
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::North => "north",
            Self::NorthEast => "north-east",
            Self::East => "east",
            Self::SouthEast => "south-east",
            Self::South => "south",
            Self::SouthWest => "south-west",
            Self::West => "west",
            Self::NorthWest => "north-west",
        }
    }

    /// The direction a word means ("eastern", "north-west").
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.to_lowercase().replace(['-', ' '], "");
        let word = word
            .strip_suffix("ern")
            .or_else(|| word.strip_suffix("erly"))
            .or_else(|| word.strip_suffix("wards"))
            .unwrap_or(&word);
        Some(match word {
            "north" => Self::North,
            "northeast" => Self::NorthEast,
            "east" => Self::East,
            "southeast" => Self::SouthEast,
            "south" => Self::South,
            "southwest" => Self::SouthWest,
            "west" => Self::West,
            "northwest" => Self::NorthWest,
            _ => return None,
        })
    }
}

/// The direction at `at` and its number of words ("north", "-", "east" are three).
pub(super) fn direction_at(words: &[&str], at: usize) -> Option<(Direction, usize)> {
    let first = lower(words.get(at)?);
    let one = Direction::parse(&first)?;
    if matches!(first.as_str(), "north" | "south") {
        for (skip, dash) in [(1, false), (2, true)] {
            if dash && words.get(at + 1) != Some(&"-") {
                continue;
            }
            if let Some(second) = words.get(at + skip)
                && Direction::parse(second).is_some()
                && let Some(both) = Direction::parse(&format!("{first}{}", lower(second)))
            {
                return Some((both, skip + 1));
            }
        }
    }
    Some((one, 1))
}
